with

source as (

    select * from {{ source('landing', 'cloudtrail_events') }}

),

typed as (

    select

        ---------- ids
        event_key,
        event_id,
        request_id,
        shared_event_id,
        recipient_account_id as account_id,
        case
            when {{ element_at('addendum', 'reason') }} = 'UPDATED_DATA'
                then
                    recipient_account_id || ':' || coalesce(
                        {{ element_at('addendum', 'originalEventID') }},
                        {{ element_at('addendum', 'originalUID') }}
                    )
        end as original_event_key,
        vpc_endpoint_id,
        vpc_endpoint_account_id,

        ---------- strings
        event_version,
        event_category,
        event_type,
        event_source,
        event_name,
        api_version,
        aws_region,
        source_ip_address,
        user_agent,
        error_code,
        error_message,
        annotation,
        session_credential_from_console,

        ---------- payloads (JSON text)
        user_identity,
        request_parameters,
        response_elements,
        additional_event_data,
        service_event_details,
        resources,
        addendum,
        edge_device_details,
        insight_details,
        tls_details,
        event_context,
        _unknown_fields,
        _as_sent,

        ---------- booleans
        cast(lower(read_only) = 'true' as boolean) as is_read_only,
        cast(lower(management_event) = 'true' as boolean) as is_management_event,
        error_code is null as is_successful,
        coalesce({{ element_at('addendum', 'reason') }} = 'UPDATED_DATA', false) as is_update,

        ---------- timestamps
        {{ utc_timestamp('event_time') }} as occurred_at,
        event_date,

        ---------- lineage
        store as _store,
        _source_object,
        _source_offset,
        _landed_at,
        _batch_id,
        event_time as _event_time_sent,
        read_only as _read_only_sent,
        management_event as _management_event_sent

    from source

)

select * from typed
