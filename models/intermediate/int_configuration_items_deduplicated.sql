{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['captured_date'],
    meta={'partition': 'captured_date', 'category': 'configuration_items'},
    post_hook="{{ mark_batches_processed('configuration_items') }}",
) }}

{%- set payload = [
    'account_id', 'resource_id', 'state_id', 'item_version', 'item_status', 'resource_type',
    'resource_name', 'resource_arn', 'aws_region', 'availability_zone', 'recording_frequency',
    'configuration', 'supplementary_configuration', 'tags', 'relationships', 'related_events',
    'captured_at_sent', 'resource_created_at_sent', '_unknown_fields', '_as_sent',
] -%}
{%- set days = touched_days('configuration_items') if is_incremental() else none %}

with

deliveries as (

    select *

    from {{ ref('stg_config__configuration_items') }}

    {%- if days is not none %}
    where captured_date in ({{ day_literals(days) }})
    {%- endif %}

),

hashed as (

    select
        *,
        {{ filled_count(payload) }} as filled_columns_count,
        {{ row_hash(payload) }} as content_hash

    from deliveries

),

ranked as (

    select
        *,
        row_number() over (
            partition by _store, item_key
            order by
                filled_columns_count desc,
                content_hash asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number,
        row_number() over (
            partition by item_key
            order by
                filled_columns_count desc,
                content_hash asc,
                _store asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number_over_stores

    from hashed

),

deduplicated as (

    select

        ---------- ids
        item_key,
        account_id,
        resource_id,
        state_id,

        ---------- strings
        item_version,
        item_status,
        resource_type,
        resource_name,
        resource_arn,
        aws_region,
        availability_zone,
        recording_frequency,
        content_hash,

        ---------- payloads (JSON text)
        configuration,
        supplementary_configuration,
        tags,
        relationships,
        related_events,
        _unknown_fields,
        _as_sent,

        ---------- booleans
        is_deleted,
        copy_number_over_stores = 1 as is_primary,

        ---------- timestamps
        captured_at,
        delivered_at,
        resource_created_at,
        captured_at_sent,
        resource_created_at_sent,
        captured_date,

        ---------- lineage
        _store,
        _source_object,
        _source_offset,
        _landed_at,
        _batch_id

    from ranked

    where copy_number = 1

)

select * from deduplicated
