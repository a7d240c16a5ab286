{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'category': 'configuration_items'},
    post_hook="{{ mark_batches_processed('configuration_items') }}",
) }}

-- AWS Config developer guide, "Viewing AWS Config snapshots": an object's name tells of which region
-- the snapshot is, when it was taken, and its id.
{%- set region, moment, id = '[a-z0-9-]+', '[0-9]{8}T[0-9]{6}Z', '[0-9A-Za-z-]+' %}
with

-- Snapshots repeat what history has shown already: each run takes the rows of new batches alone.
delivered as (

    select
        item_key,
        account_id,
        aws_region,
        resource_type,
        resource_id,
        _source_object

    from {{ ref('stg_config__configuration_items') }}

    where
        _source_object like '%ConfigSnapshot%'
        {%- if is_incremental() %}
        and {{ on_landed_days('captured_date', touched_days('configuration_items')) }}
        and _batch_id in (
            select batch_id
            {{ unprocessed_batches('configuration_items') }}
        )
        {%- endif %}

),

objects as (

    select distinct _source_object

    from delivered

),

snapshots as (

    select
        _source_object,
        {{ first_match(
            '_source_object', '_Config_(' ~ region ~ ')_ConfigSnapshot_' ~ moment ~ '_' ~ id
        ) }} as snapshot_region,
        {{ utc_timestamp(first_match(
            '_source_object', '_Config_' ~ region ~ '_ConfigSnapshot_(' ~ moment ~ ')_' ~ id
        )) }} as taken_at

    from objects

),

snapshot_items as (

    select distinct

        ---------- ids
        {{ resource_key('delivered') }} as resource_key,
        delivered.account_id,

        ---------- strings
        snapshots.snapshot_region,
        delivered.resource_type,
        delivered._source_object as snapshot_object,

        ---------- timestamps
        snapshots.taken_at

    from delivered

    inner join snapshots
        on delivered._source_object = snapshots._source_object

    where snapshots.taken_at is not null

)

select * from snapshot_items
