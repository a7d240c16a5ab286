select
    service,
    event_name,
    {{ element_at('request_parameters', 'modelId') }} as model_id,
    error_code,
    account_id,
    actor,
    actor_arn,
    source_ip_address,
    count(*) as denied_count,
    max(error_message) as error_message_example,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ matches('service', 'bedrock(-.*)?') }}
    and outcome = 'denied'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
group by
    service,
    event_name,
    {{ element_at('request_parameters', 'modelId') }},
    error_code,
    account_id,
    actor,
    actor_arn,
    source_ip_address
order by
    count(*) desc,
    service asc,
    event_name asc,
    model_id asc,
    error_code asc,
    account_id asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc
