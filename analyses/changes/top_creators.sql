select
    actor,
    actor_arn,
    count(*) as events_count,
    count(distinct service) as services_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    not is_read_only
    and outcome = 'succeeded'
    and coalesce(event_category, 'Management') = 'Management'
    and {{ makes_something('event_name') }}
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by
    actor,
    actor_arn
order by
    count(*) desc,
    actor asc,
    actor_arn asc
