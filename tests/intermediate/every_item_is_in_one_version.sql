-- Folding loses no item: the versions of a resource count its items, and follow one another.
with

items as (

    select
        account_id || '|' || coalesce(aws_region, '') || '|' || resource_type || '|' || resource_id
            as resource_key,
        count(*) as items_count

    from {{ ref('int_configuration_items_deduplicated') }}

    where is_primary

    group by account_id || '|' || coalesce(aws_region, '') || '|' || resource_type || '|' || resource_id

),

versions as (

    select
        resource_key,
        sum(items_count) as items_count,
        max(version_number) - count(*) as missing_numbers

    from {{ ref('int_configuration_versions') }}

    group by resource_key

)

select
    items.resource_key,
    items.items_count,
    versions.items_count as items_in_versions_count

from items

full outer join versions
    on items.resource_key = versions.resource_key

where
    items.items_count is distinct from versions.items_count
    or versions.missing_numbers <> 0
