-- Every record of the landing files is accounted for by the ledger, day by day, and none but these.
with

landed as (

    select
        'cloudtrail_events' as category,
        _store as store,
        event_date as day,
        count(*) as records_count

    from {{ ref('stg_cloudtrail__events') }}

    group by
        _store,
        event_date

    union all

    select
        'configuration_items' as category,
        _store as store,
        captured_date as day,
        count(*) as records_count

    from {{ ref('stg_config__configuration_items') }}

    group by
        _store,
        captured_date

),

booked as (

    select
        category,
        store,
        day,
        sum(case when change = 'removed' then -records_count else records_count end)
            as records_count

    from {{ ref('stg_ledger__batches') }}

    group by
        category,
        store,
        day

)

select
    coalesce(landed.category, booked.category) as category,
    coalesce(landed.store, booked.store) as store,
    coalesce(landed.day, booked.day) as day,
    landed.records_count as landed_count,
    booked.records_count as booked_count

from landed

full outer join booked
    on
        landed.category = booked.category
        and landed.store = booked.store
        and landed.day = booked.day

where coalesce(landed.records_count, 0) <> coalesce(booked.records_count, 0)
