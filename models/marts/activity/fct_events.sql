{{ config(materialized='view') }}

{%- set denied = '.*(access ?denied|unauthori[sz]ed|not ?authori[sz]ed|authfailure|forbidden).*' -%}
{%- set throttled = '.*(throttl|requestlimitexceeded|throughputexceeded|slowdown|toomanyrequests|rate ?exceeded).*' -%}
{%- set identity = {
    'access_key_id': ['accessKeyId'],
    'principal_id': ['principalId'],
    'actor_arn': ['arn'],
    'actor_type': ['type'],
    'actor_account_id': ['accountId'],
    'user_name': ['userName'],
    'session_issuer_arn': ['sessionContext', 'sessionIssuer', 'arn'],
    'session_issuer_name': ['sessionContext', 'sessionIssuer', 'userName'],
    'source_identity': ['sessionContext', 'sourceIdentity'],
    'identity_center_user_id': ['onBehalfOf', 'userId'],
    'invoked_by': ['invokedBy'],
    'mfa_authenticated': ['sessionContext', 'attributes', 'mfaAuthenticated'],
} %}

with

events as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and coalesce(event_category, '') <> 'Insight'

),

-- One reading of the identity for all that is asked of it.
opened as (

    select
        *,
        {{ json_values_text('user_identity', identity.values() | list) }} as identity_values

    from events

),

identified as (

    select
        *,
        {%- for column in identity %}
        {{ element_at('identity_values', loop.index) }} as {{ column }},
        {%- endfor %}
        -- arn:aws:sts::<account>:assumed-role/<role>/<session>: neither name holds a slash.
        case
            when strpos({{ element_at('identity_values', 3) }}, ':assumed-role/') > 0
                then nullif(split_part({{ element_at('identity_values', 3) }}, '/', 3), '')
        end as session_name

    from opened

),

personal as (

    select
        *,
        {{ person_behind(
            'actor_type', 'user_name', 'session_issuer_name', 'session_name', 'source_identity'
        ) }} as person

    from identified

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
        coalesce(lower(session_credential_from_console) = 'true', false)
        or coalesce(strpos(lower(user_agent), 'console') > 0, false) as is_from_console,
        lower(mfa_authenticated) = 'true' as is_mfa_authenticated,

        ---------- timestamps
        occurred_at,
        event_date

    from personal

)

select * from typed
