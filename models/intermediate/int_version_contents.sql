{{ config(materialized='view') }}

with

versions as (

    select
        versions.*,

        ---------- payloads (JSON text)
        items.configuration,
        items.supplementary_configuration,
        items.tags,
        items.relationships

    from {{ ref('int_configuration_versions') }} as versions

    inner join {{ ref('int_configuration_items_deduplicated') }} as items
        on
            versions.item_key = items.item_key
            and items.is_primary

)

select * from versions
