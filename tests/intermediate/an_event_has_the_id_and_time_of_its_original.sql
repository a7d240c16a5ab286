-- Where originals have landed, no addendum stands for them. (One id with several times is nothing
-- that AWS writes, but some samples hold it.)
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

group by
    kept._store,
    kept.event_key,
    kept.event_id,
    kept.occurred_at

having
    max(
        case
            when
                kept.event_id is not distinct from originals.event_id
                and kept.occurred_at = originals.occurred_at
                then 1
            else 0
        end
    ) = 0
