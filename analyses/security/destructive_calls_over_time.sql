select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    service,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct actor) as callers_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and not coalesce(is_read_only, false)
    and {{ destroys_something('event_name') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    service
order by
    period_starts_at asc,
    events_count desc,
    service asc
