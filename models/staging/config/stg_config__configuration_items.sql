{%- set payload = [
    'account_id', 'resource_id', 'state_id', 'item_version', 'item_status', 'resource_type',
    'resource_name', 'resource_arn', 'aws_region', 'availability_zone', 'recording_frequency',
    'configuration', 'supplementary_configuration', 'tags', 'relationships', 'related_events',
    'captured_at_sent', 'resource_created_at_sent', '_unknown_fields', '_as_sent',
] -%}

with

source as (

    select * from {{ source('landing', 'configuration_items') }}

),

typed as (

    select

        ---------- ids
        item_key,
        coalesce(aws_account_id, account_id) as account_id,
        resource_id,
        coalesce(configuration_state_id, configuration_item_state_id, configuration_state_id_v1_0)
            as state_id,

        ---------- strings
        coalesce(configuration_item_version, version) as item_version,
        configuration_item_status as item_status,
        resource_type,
        resource_name,
        coalesce(arn_delivered, arn) as resource_arn,
        aws_region,
        coalesce(availability_zone, availability_zone_v1_0) as availability_zone,
        recording_frequency,

        ---------- payloads (JSON text)
        configuration,
        supplementary_configuration,
        tags,
        relationships,
        related_events,
        _unknown_fields,
        _as_sent,

        ---------- booleans
        configuration_item_status in ('ResourceDeleted', 'ResourceDeletedNotRecorded')
            as is_deleted,

        ---------- timestamps
        {{ utc_timestamp('configuration_item_capture_time') }} as captured_at,
        {{ utc_timestamp('configuration_item_delivery_time') }} as delivered_at,
        {{ utc_timestamp('resource_creation_time') }} as resource_created_at,
        configuration_item_capture_time as captured_at_sent,
        resource_creation_time as resource_created_at_sent,
        captured_date,

        ---------- lineage
        store as _store,
        _source_object,
        _source_offset,
        _landed_at,
        _batch_id

    from source

),

-- How two deliveries of one item are told apart, and which of them says more.
hashed as (

    select
        *,
        {{ filled_count(payload) }} as filled_columns_count,
        {{ row_hash(payload) }} as content_hash

    from typed

)

select * from hashed
