{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['captured_date'],
    meta={
        'partition': 'captured_date', 'category': 'configuration_items', 'linked_by': 'deliveries',
    },
    post_hook="{{ mark_batches_processed('configuration_items') }}",
) }}

{%- set ids = ['item_key', 'account_id', 'resource_id', 'state_id'] -%}
{%- set strings = [
    'item_version', 'item_status', 'resource_type', 'resource_name', 'resource_arn', 'aws_region',
    'availability_zone', 'recording_frequency',
] -%}
{%- set payloads = [
    'configuration', 'supplementary_configuration', 'tags', 'relationships', 'related_events',
    '_unknown_fields', '_as_sent',
] -%}
{%- set times = [
    'captured_at', 'delivered_at', 'resource_created_at', 'captured_at_sent',
    'resource_created_at_sent', 'captured_date',
] -%}
{%- set lineage = ['_store', '_source_object', '_source_offset', '_landed_at', '_batch_id'] -%}
{%- set in_days = 'true' -%}
{%- if is_incremental() -%}
    {%- set days = touched_days('configuration_items') -%}
    {%- set in_days = on_landed_days('captured_date', days) -%}
{%- endif %}

with

-- Whole items are neither sorted nor kept: deliveries are ranked by their place.
placed as (

    select
        item_key,
        {{ lineage | join(',\n        ') }},
        {{ delivery_place('_source_object') }} as place,
        filled_columns_count,
        content_hash

    from {{ ref('stg_config__configuration_items') }}

    where {{ in_days }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by _store, item_key
            order by
                filled_columns_count desc,
                content_hash asc,
                place asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number,
        row_number() over (
            partition by item_key
            order by
                filled_columns_count desc,
                content_hash asc,
                _store asc,
                place asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number_over_stores

    from placed

),

deduplicated as (

    select

        ---------- ids
        deliveries.{{ ids | join(',\n        deliveries.') }},

        ---------- strings
        deliveries.{{ strings | join(',\n        deliveries.') }},
        ranked.content_hash,
        -- What makes a state: everything but when and how it was recorded.
        {{ row_hash([
            'deliveries.resource_name', 'deliveries.configuration',
            'deliveries.supplementary_configuration', 'deliveries.tags',
            'deliveries.relationships', 'deliveries.is_deleted', 'deliveries.resource_created_at',
        ]) }} as state_hash,

        ---------- payloads (JSON text)
        deliveries.{{ payloads | join(',\n        deliveries.') }},

        ---------- numerics
        ranked.filled_columns_count,

        ---------- booleans
        deliveries.is_deleted,
        ranked.copy_number_over_stores = 1 as is_primary,

        ---------- timestamps
        deliveries.{{ times | join(',\n        deliveries.') }},

        ---------- lineage
        deliveries.{{ lineage | join(',\n        deliveries.') }}

    from {{ ref('stg_config__configuration_items') }} as deliveries

    inner join ranked
        on
            deliveries.item_key = ranked.item_key
            and deliveries._store = ranked._store
            and deliveries._source_object = ranked._source_object
            and deliveries._source_offset = ranked._source_offset
            and deliveries._batch_id = ranked._batch_id

    where
        {{ in_days }}
        and ranked.copy_number = 1

)

select * from deduplicated
