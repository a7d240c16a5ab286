select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    outcome,
    count(*) as events_count,
    count(distinct actor) as callers_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    outcome
order by
    period_starts_at asc,
    outcome asc
