{{ config(materialized='ephemeral') }}

-- A snapshot that holds so much less than the one before may have been cut: alone it proves nothing.
{%- set whole_share = 0.8 %}
with

items as (

    select *

    from {{ ref('int_snapshot_items') }}

),

snapshots as (

    select
        account_id,
        snapshot_region,
        snapshot_object,
        taken_at,
        count(*) as items_count

    from items

    group by
        account_id,
        snapshot_region,
        snapshot_object,
        taken_at

),

ordered as (

    select
        *,
        lag(items_count) over (
            partition by account_id, snapshot_region
            order by taken_at asc, snapshot_object asc
        ) as previous_items_count

    from snapshots

),

recorded_types as (

    select distinct
        snapshot_object,
        resource_type

    from items

),

-- The last that is known of a resource: its last item, or the last snapshot that it is in.
last_sights as (

    select
        resource_key,
        account_id,
        snapshot_region,
        resource_type,
        max(taken_at) as last_taken_at

    from items

    group by
        resource_key,
        account_id,
        snapshot_region,
        resource_type

),

latest as (

    select
        resource_key,
        account_id,
        aws_region,
        resource_type,
        max(last_captured_at) as last_captured_at,
        max_by(is_deleted, version_number) as is_deleted

    from {{ ref('int_configuration_versions') }}

    group by
        resource_key,
        account_id,
        aws_region,
        resource_type

),

-- What was never in a snapshot is looked for in those of its own region.
alive as (

    select
        latest.resource_key,
        latest.account_id,
        latest.resource_type,
        coalesce(last_sights.snapshot_region, latest.aws_region) as snapshot_region,
        max(
            greatest(latest.last_captured_at, coalesce(last_sights.last_taken_at, latest.last_captured_at))
        ) over (partition by latest.resource_key) as last_known_at

    from latest

    left join last_sights
        on latest.resource_key = last_sights.resource_key

    where not latest.is_deleted

),

-- A type that the snapshot holds nothing of may be recorded no more.
without as (

    select
        alive.resource_key,
        alive.last_known_at,
        ordered.snapshot_object,
        ordered.taken_at,
        coalesce(ordered.items_count >= {{ whole_share }} * ordered.previous_items_count, true)
            as is_whole,
        row_number() over (
            partition by alive.resource_key
            order by ordered.taken_at asc, ordered.snapshot_object asc
        ) as place,
        count(*) over (partition by alive.resource_key) as snapshots_count

    from alive

    inner join ordered
        on
            alive.account_id = ordered.account_id
            and alive.snapshot_region = ordered.snapshot_region
            and ordered.taken_at
            > alive.last_known_at + {{ interval_seconds(var('clock_slack_seconds')) }}

    inner join recorded_types
        on
            ordered.snapshot_object = recorded_types.snapshot_object
            and alive.resource_type = recorded_types.resource_type

),

missing as (

    select

        ---------- ids
        resource_key,

        ---------- strings
        snapshot_object,

        ---------- numerics
        snapshots_count as missing_snapshots_count,

        ---------- timestamps
        last_known_at,
        taken_at as missing_since

    from without

    where
        place = 1
        and (is_whole or snapshots_count > 1)

)

select * from missing
