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
    event_id = coalesce(
        {{ argument('id') }},
        (select max_by(event_id, occurred_at) from {{ ref('fct_events') }})
    )
order by
    occurred_at desc,
    event_key asc
