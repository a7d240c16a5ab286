with

calls as (

    select
        *,
        {{ json_value_text('resources', [0, 'type']) }} as resource_type,
        -- Not every record names what it is about apart from its request.
        coalesce(
            {{ json_value_text('resources', [0, 'ARN']) }},
            {{ element_at('request_parameters', 'agentId') }},
            {{ element_at('request_parameters', 'knowledgeBaseId') }},
            {{ element_at('request_parameters', 'flowIdentifier') }},
            {{ element_at('request_parameters', 'sessionIdentifier') }},
            {{ element_at('request_parameters', 'memoryId') }}
        ) as resource

    from {{ ref('fct_events') }}

    where
        {{ matches('service', 'bedrock(-.*)?') }}
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    resource_type,
    resource,
    event_name,
    account_id,
    aws_region,
    actor,
    actor_arn,
    source_ip_address,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from calls
where
    resource is not null
    and {{ asked_for('resource_type', 'type', by='part') }}
    and {{ asked_for('resource', 'resource', by='part') }}
group by
    resource_type,
    resource,
    event_name,
    account_id,
    aws_region,
    actor,
    actor_arn,
    source_ip_address
order by
    count(*) desc,
    resource_type asc,
    resource asc,
    event_name asc,
    account_id asc,
    aws_region asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc
