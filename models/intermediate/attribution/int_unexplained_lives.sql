{{ config(materialized='ephemeral') }}

with

changes as (

    select *

    from {{ ref('int_changes_to_follow') }}

    where
        change_kind in ('created', 'deleted')
        and change_id not in (
            select change_id from {{ ref('int_change_life_causes') }}
        )

),

shown as (

    select
        changes.change_id,
        coalesce(
            case when changes.change_kind = 'deleted' then versions.previous_item_key end,
            versions.item_key
        ) as item_key

    from changes

    inner join {{ ref('int_configuration_versions') }} as versions
        on changes.change_id = versions.item_key

),

unexplained_lives as (

    select
        changes.change_id,
        changes.resource_key,
        changes.account_id,
        changes.resource_arn,
        changes.change_kind,
        changes.previous_seen_at,
        changes.captured_at,
        changes.resource_created_at,
        items.configuration,
        items.relationships

    from shown

    inner join changes
        on shown.change_id = changes.change_id

    inner join {{ ref('int_configuration_items_deduplicated') }} as items
        on
            shown.item_key = items.item_key
            and items.is_primary

)

select * from unexplained_lives
