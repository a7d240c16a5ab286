-- What goes in comes out: each event of each store once, and updates that found their original
-- in it and nowhere else.
with

delivered as (

    select distinct
        _store,
        event_key,
        is_update,
        original_event_key

    from {{ ref('stg_cloudtrail__events') }}

),

kept as (

    select
        _store,
        event_key,
        is_updated

    from {{ ref('int_events_deduplicated') }}

),

lost as (

    select
        'lost' as problem,
        delivered._store,
        delivered.event_key

    from delivered

    left join kept
        on
            delivered._store = kept._store
            and delivered.event_key = kept.event_key

    left join kept as originals
        on
            delivered._store = originals._store
            and delivered.original_event_key = originals.event_key

    where
        kept.event_key is null
        and originals.event_key is null

),

invented as (

    select
        'invented' as problem,
        kept._store,
        kept.event_key

    from kept

    left join delivered
        on
            kept._store = delivered._store
            and kept.event_key = delivered.event_key

    where delivered.event_key is null

),

kept_beside_its_original as (

    select
        'kept beside its original' as problem,
        delivered._store,
        delivered.event_key

    from delivered

    where
        delivered.is_update
        and delivered.original_event_key <> delivered.event_key
        and (delivered._store, delivered.event_key) in (select _store, event_key from kept)
        and (delivered._store, delivered.original_event_key)
        in (select _store, event_key from kept)

)

select * from lost

union all

select * from invented

union all

select * from kept_beside_its_original
