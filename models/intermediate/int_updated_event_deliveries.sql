{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'addenda'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

{%- set days = touched_days('cloudtrail_events') if is_incremental() else none -%}
{%- set with_addenda = addendum_days() %}
{%- if days is not none %}
{%- set with_addenda = with_addenda | select('in', days) | list %}
{%- endif %}

with

updated_events as (

    select coalesce(original_event_key, event_key) as updated_event_key

    from {{ ref('stg_cloudtrail__events') }}

    where
        is_update
        and {{ on_landed_days('event_date', with_addenda) }}

    {%- if days is not none %}

    union

    select updated_event_key

    from {{ this }}
    {%- endif %}

),

deliveries as (

    select
        *,
        coalesce(original_event_key, event_key) as updated_event_key

    from {{ ref('stg_cloudtrail__events') }}

    where
        coalesce(original_event_key, event_key) in (select updated_event_key from updated_events)
        {%- if days is not none %}
        and {{ on_landed_days('event_date', days) }}
        {%- endif %}

)

select * from deliveries
