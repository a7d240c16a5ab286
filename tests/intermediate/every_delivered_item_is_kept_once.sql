-- What goes in comes out: each item state of each store once.
with

delivered as (

    select distinct
        _store,
        item_key

    from {{ ref('stg_config__configuration_items') }}

)

select
    delivered.item_key as delivered_item_key,
    kept.item_key as kept_item_key

from delivered

full outer join {{ ref('int_configuration_items_deduplicated') }} as kept
    on
        delivered._store = kept._store
        and delivered.item_key = kept.item_key

where
    delivered.item_key is null
    or kept.item_key is null
