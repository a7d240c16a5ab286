select
    actor,
    actor_type,
    account_id,
    event_name,
    count(*) as events_count,
    sum(case when outcome = 'throttled' then 1 else 0 end) as throttled_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_actor() }}
group by
    actor,
    actor_type,
    account_id,
    event_name
order by
    events_count desc,
    actor asc,
    account_id asc,
    event_name asc,
    actor_type asc
