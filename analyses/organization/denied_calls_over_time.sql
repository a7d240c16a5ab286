select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    account_id,
    count(*) as denied_count,
    count(distinct actor) as callers_count,
    count(distinct service) as services_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome = 'denied'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    account_id
order by
    period_starts_at asc,
    denied_count desc,
    account_id asc
