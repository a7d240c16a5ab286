select
    actor,
    actor_type,
    account_id,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct service) as services_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and not coalesce(is_read_only, false)
    and {{ destroys_something('event_name') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    actor,
    actor_type,
    account_id
order by
    events_count desc,
    actor asc,
    account_id asc,
    actor_type asc
