select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    actor,
    account_id,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_actor() }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    actor,
    account_id
order by
    period_starts_at asc,
    events_count desc,
    actor asc,
    account_id asc
