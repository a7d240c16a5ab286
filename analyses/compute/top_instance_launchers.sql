select
    actor,
    actor_arn,
    count(*) as launches_count,
    cast(sum({{ json_size('response_elements', '$.instancesSet.items') }}) as bigint) as instances_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_source = 'ec2.amazonaws.com'
    and event_name = 'RunInstances'
    and outcome = 'succeeded'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by
    actor,
    actor_arn
order by
    sum({{ json_size('response_elements', '$.instancesSet.items') }}) desc,
    actor asc,
    actor_arn asc
