{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
{%- set tokens = '"(client(Request)?Token|creatorRequestId|callerReference|idempotencyToken)":"[^"]*",?' %}
with

events as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and is_successful
        and coalesce(not is_read_only, true)
        and coalesce(event_category, 'Management') in ('Management', 'Data')
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

writes as (

    select

        ---------- ids
        event_key,
        event_id,
        account_id,
        shared_event_id,

        ---------- strings
        aws_region,
        event_source,
        event_name,
        -- Lambda's names carry the API's date: UpdateFunctionCode20150331v2.
        {{ rewritten('event_name', '20[0-9]{6}(v[0-9]+)?$', '') }} as call_name,
        actor_arn,
        actor_type,
        actor_account_id,
        session_issuer_arn,
        session_issuer_name,
        invoked_by,
        session_name,
        source_identity,
        identity_center_user_id,
        person,
        source_ip_address,
        user_agent,
        -- Equal requests of one call have one hash, whatever token makes them safe to repeat. What is
        -- hidden in two may differ.
        {{ row_hash([
            'event_source', 'event_name', rewritten('request_parameters', tokens, ''),
            "case when strpos(request_parameters, 'HIDDEN_DUE_TO_SECURITY_REASONS') > 0 then event_key end",
        ]) }} as request_hash,

        ---------- booleans
        coalesce(is_management_event, coalesce(event_category, 'Management') = 'Management')
            as is_management_event,
        is_mfa_authenticated,
        is_from_console,

        ---------- timestamps
        occurred_at,
        event_date

    from events

)

select * from writes
