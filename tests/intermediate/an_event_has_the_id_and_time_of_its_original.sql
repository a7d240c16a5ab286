-- Where the original has landed, no addendum stands for it.
select
    kept._store,
    kept.event_key,
    kept.event_id,
    kept.occurred_at

from {{ ref('int_events_deduplicated') }} as kept

inner join {{ ref('stg_cloudtrail__events') }} as originals
    on
        kept._store = originals._store
        and kept.event_key = originals.event_key
        and not originals.is_update

where
    kept.event_id is distinct from originals.event_id
    or kept.occurred_at <> originals.occurred_at
