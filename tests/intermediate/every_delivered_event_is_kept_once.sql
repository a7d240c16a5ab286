-- What goes in comes out: each event of each store once, an addendum as the event that it changes.
with

delivered as (

    select distinct
        _store,
        coalesce(original_event_key, event_key) as event_key

    from {{ ref('stg_cloudtrail__events') }}

)

select
    delivered._store as delivered_store,
    delivered.event_key as delivered_event_key,
    kept._store as kept_store,
    kept.event_key as kept_event_key

from delivered

full outer join {{ ref('int_events_deduplicated') }} as kept
    on
        delivered._store = kept._store
        and delivered.event_key = kept.event_key

where
    delivered.event_key is null
    or kept.event_key is null
