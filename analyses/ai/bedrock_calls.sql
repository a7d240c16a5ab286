select
    occurred_at,
    account_id,
    aws_region,
    service,
    event_name,
    {{ element_at('request_parameters', 'modelId') }} as model_id,
    outcome,
    error_code,
    error_message,
    actor,
    actor_arn,
    actor_type,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_events') }}
where
    service in ('bedrock', 'bedrock-agent', 'bedrock-agent-runtime', 'bedrock-runtime', 'bedrock-agentcore')
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
