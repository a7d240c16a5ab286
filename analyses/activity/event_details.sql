select
    occurred_at,
    event_source,
    event_name,
    outcome,
    error_code,
    error_message,
    actor,
    actor_type,
    actor_arn,
    account_id,
    aws_region,
    request_parameters,
    response_elements,
    additional_event_data,
    service_event_details,
    resources,
    user_identity,
    source_ip_address,
    user_agent,
    tls_details,
    request_id,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_id', 'id') }}
order by
    occurred_at desc,
    event_key asc
