{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
with

events as (

    select
        account_id,
        aws_region,
        event_date,
        {{ dbt.date_trunc('hour', 'occurred_at') }} as hour_starts_at

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and coalesce(event_category, '') <> 'Insight'
        and account_id is not null
        and aws_region is not null
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

counted as (

    select
        account_id,
        aws_region,
        count(*) as events_count,
        hour_starts_at,
        event_date

    from events

    group by
        account_id,
        aws_region,
        hour_starts_at,
        event_date

)

select * from counted
