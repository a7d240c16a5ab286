select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    outcome,
    error_code,
    request_parameters,
    response_elements,
    actor,
    actor_arn,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    service in ('bedrock', 'bedrock-agent', 'bedrock-agent-runtime', 'bedrock-runtime', 'bedrock-agentcore')
    and (
        {{ matches('event_name', '(Create|Update|Delete|Put)(AccountSettings|AutomatedReasoningPolicy|FoundationModel|Gateway|Guardrail|InferenceProfile|Model|ProvisionedModel|ResourcePolicy|UseCaseForModel).*') }}
        or event_name in ('TagResource', 'UntagResource')
    )
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
