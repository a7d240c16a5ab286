with

items as (

    select
        account_id,
        aws_region,
        {{ dbt.date_trunc('hour', 'captured_at') }} as hour_starts_at,
        count(*) as items_count

    from {{ ref('int_configuration_items_deduplicated') }}

    where
        is_primary
        and aws_region is not null

    group by
        account_id,
        aws_region,
        {{ dbt.date_trunc('hour', 'captured_at') }}

),

counted as (

    select
        account_id,
        aws_region,
        hour_starts_at,
        events_count,
        0 as items_count

    from {{ ref('int_events_counted') }}

    union all

    select
        account_id,
        aws_region,
        hour_starts_at,
        0 as events_count,
        items_count

    from items

),

hours as (

    select
        account_id,
        aws_region,
        hour_starts_at,
        sum(events_count) as events_count,
        sum(items_count) as items_count

    from counted

    group by
        account_id,
        aws_region,
        hour_starts_at

),

coverage as (

    select

        ---------- ids
        hours.account_id,

        ---------- strings
        hours.aws_region,
        stages.recorded_types,

        ---------- numerics
        cast(hours.events_count as bigint) as events_count,
        cast(hours.items_count as bigint) as items_count,

        ---------- booleans
        hours.events_count > 0 as has_events,

        ---------- timestamps
        hours.hour_starts_at

    from hours

    left join {{ ref('int_recording_stages') }} as stages
        on
            hours.account_id = stages.account_id
            and hours.aws_region = stages.aws_region
            and hours.hour_starts_at >= stages.recorded_since
            and {{ is_before_end('hours.hour_starts_at', 'stages.recorded_until') }}

)

select * from coverage
