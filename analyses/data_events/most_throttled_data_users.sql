select
    actor,
    actor_arn,
    service,
    count(*) as events_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_category = 'Data'
    and outcome = 'throttled'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by
    actor,
    actor_arn,
    service
order by
    count(*) desc,
    actor asc,
    actor_arn asc,
    service asc
