{{ config(materialized='view') }}

{%- set denied = '.*(access ?denied|unauthori[sz]ed|not ?authori[sz]ed|authfailure|forbidden).*' -%}
{%- set throttled = '.*(throttl|requestlimitexceeded|throughputexceeded|slowdown|toomanyrequests|rate ?exceeded).*' -%}

with

events as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and coalesce(event_category, '') <> 'Insight'

),

typed as (

    select

        ---------- ids
        event_key,
        event_id,
        account_id,
        shared_event_id,
        request_id,
        access_key_id,
        principal_id,

        ---------- strings
        aws_region,
        event_source,
        replace(event_source, '.amazonaws.com', '') as service,
        event_name,
        event_type,
        event_category,
        -- A sign-in that fails has no error code: what it came to stands in the answer.
        case
            when {{ matches('lower(error_code)', denied) }} then 'denied'
            when {{ matches('lower(error_code)', throttled) }} then 'throttled'
            when error_code is not null then 'failed'
            when
                event_source = 'signin.amazonaws.com'
                and (
                    strpos(response_elements, '"Failure"') > 0
                    or strpos(service_event_details, '"Failure"') > 0
                )
                then 'failed'
            else 'succeeded'
        end as outcome,
        error_code,
        error_message,
        -- A federated user is not the one whose keys made the session.
        coalesce(
            person,
            case when actor_type <> 'FederatedUser' then session_issuer_name end,
            user_name,
            {{ first_match('actor_arn', '([^/:]+)$') }},
            invoked_by,
            principal_id,
            actor_type
        ) as actor,
        actor_arn,
        actor_type,
        actor_account_id,
        session_issuer_arn,
        session_issuer_name,
        session_name,
        source_identity,
        identity_center_user_id,
        person,
        user_name,
        invoked_by,
        source_ip_address,
        user_agent,
        vpc_endpoint_id,
        vpc_endpoint_account_id,
        {{ element_at('tls_details', 'tlsVersion') }} as tls_version,

        ---------- payloads (JSON text)
        user_identity,
        request_parameters,
        response_elements,
        additional_event_data,
        resources,
        service_event_details,
        event_context,
        tls_details,

        ---------- booleans
        is_read_only,
        is_management_event,
        is_from_console,
        is_mfa_authenticated,

        ---------- timestamps
        occurred_at,
        event_date

    from events

)

select * from typed
