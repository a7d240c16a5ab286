with

events as (

    select *

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', none, var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}

),

last_day as (

    select date_trunc('day', max(occurred_at)) as begins_at

    from events

)

select
    occurred_at,
    event_source,
    event_name,
    event_type,
    event_category,
    outcome,
    error_code,
    error_message,
    actor,
    actor_type,
    actor_arn,
    actor_account_id,
    principal_id,
    user_name,
    access_key_id,
    session_issuer_arn,
    session_issuer_name,
    session_name,
    source_identity,
    identity_center_user_id,
    invoked_by,
    is_mfa_authenticated,
    is_from_console,
    is_read_only,
    is_management_event,
    account_id,
    aws_region,
    source_ip_address,
    user_agent,
    vpc_endpoint_id,
    vpc_endpoint_account_id,
    tls_version,
    request_parameters,
    response_elements,
    additional_event_data,
    resources,
    service_event_details,
    shared_event_id,
    request_id,
    event_id
from events
where
    occurred_at >= coalesce(
        {{ argument('since') }}, (select begins_at from last_day)
    )
order by
    occurred_at asc,
    event_key asc
