select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    error_code,
    count(*) as errors_count,
    count(distinct actor) as callers_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and error_code is not null
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    error_code
order by
    period_starts_at asc,
    errors_count desc,
    error_code asc
