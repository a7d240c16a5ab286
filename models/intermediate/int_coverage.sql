with

events as (

    select
        account_id,
        aws_region,
        {{ dbt.date_trunc('hour', 'occurred_at') }} as hour_starts_at,
        count(*) as events_count

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and coalesce(event_category, '') <> 'Insight'
        and account_id is not null
        and aws_region is not null

    group by
        account_id,
        aws_region,
        {{ dbt.date_trunc('hour', 'occurred_at') }}

),

items as (

    select
        account_id,
        aws_region,
        resource_type,
        {{ dbt.date_trunc('hour', 'captured_at') }} as hour_starts_at,
        count(*) as items_count

    from {{ ref('int_configuration_items_deduplicated') }}

    where
        is_primary
        and aws_region is not null

    group by
        account_id,
        aws_region,
        resource_type,
        {{ dbt.date_trunc('hour', 'captured_at') }}

),

recorded_types as (

    select
        account_id,
        aws_region,
        resource_type,
        min(hour_starts_at) as recorded_since

    from items

    group by
        account_id,
        aws_region,
        resource_type

),

items_by_hour as (

    select
        account_id,
        aws_region,
        hour_starts_at,
        sum(items_count) as items_count

    from items

    group by
        account_id,
        aws_region,
        hour_starts_at

),

hours as (

    select
        account_id,
        aws_region,
        hour_starts_at

    from events

    union

    select
        account_id,
        aws_region,
        hour_starts_at

    from items_by_hour

),

types_by_hour as (

    select
        hours.account_id,
        hours.aws_region,
        hours.hour_starts_at,
        {{ dbt.listagg('recorded_types.resource_type', "','", 'order by recorded_types.resource_type asc') }}
            as recorded_types

    from hours

    inner join recorded_types
        on
            hours.account_id = recorded_types.account_id
            and hours.aws_region = recorded_types.aws_region
            and hours.hour_starts_at >= recorded_types.recorded_since

    group by
        hours.account_id,
        hours.aws_region,
        hours.hour_starts_at

),

coverage as (

    select

        ---------- ids
        hours.account_id,

        ---------- strings
        hours.aws_region,
        types_by_hour.recorded_types,

        ---------- numerics
        coalesce(events.events_count, 0) as events_count,
        cast(coalesce(items_by_hour.items_count, 0) as bigint) as items_count,

        ---------- booleans
        events.events_count is not null as has_events,

        ---------- timestamps
        hours.hour_starts_at

    from hours

    left join events
        on
            hours.account_id = events.account_id
            and hours.aws_region = events.aws_region
            and hours.hour_starts_at = events.hour_starts_at

    left join items_by_hour
        on
            hours.account_id = items_by_hour.account_id
            and hours.aws_region = items_by_hour.aws_region
            and hours.hour_starts_at = items_by_hour.hour_starts_at

    left join types_by_hour
        on
            hours.account_id = types_by_hour.account_id
            and hours.aws_region = types_by_hour.aws_region
            and hours.hour_starts_at = types_by_hour.hour_starts_at

)

select * from coverage
