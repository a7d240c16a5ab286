with

invocations as (

    select
        *,
        {{ element_at('request_parameters', 'modelId') }} as model_id

    from {{ ref('fct_events') }}

    where
        service in ('bedrock', 'bedrock-agent', 'bedrock-agent-runtime', 'bedrock-runtime', 'bedrock-agentcore')
        and event_name in (
            'InvokeModel', 'InvokeModelWithResponseStream', 'InvokeModelWithBidirectionalStream',
            'Converse', 'ConverseStream', 'StartAsyncInvoke'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    model_id,
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
from invocations
where {{ asked_for('model_id', 'model', by='part') }}
group by
    model_id,
    event_name,
    account_id,
    aws_region,
    actor,
    actor_arn,
    source_ip_address
order by
    count(*) desc,
    model_id asc,
    event_name asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc,
    account_id asc,
    aws_region asc
