select
    occurred_at,
    event_name,
    resource_type,
    resource_id,
    account_id,
    aws_region,
    reason,
    actor_arn,
    person,
    event_source,
    event_id
from {{ ref('fct_unattributed_events') }}
where {{ within('occurred_at', var('since', none), var('until', none)) }}
order by
    occurred_at desc,
    event_key asc,
    resource_id asc
