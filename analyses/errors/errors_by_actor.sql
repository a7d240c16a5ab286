select
    actor,
    actor_type,
    account_id,
    count(*) as errors_count,
    sum(case when outcome = 'denied' then 1 else 0 end) as denied_count,
    sum(case when outcome = 'throttled' then 1 else 0 end) as throttled_count,
    count(distinct event_name) as names_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome <> 'succeeded'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('outcome', 'outcome') }}
group by
    actor,
    actor_type,
    account_id
order by
    errors_count desc,
    actor asc,
    account_id asc,
    actor_type asc
