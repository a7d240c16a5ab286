-- Over all stores an event counts exactly once.
select event_key

from {{ ref('int_events_deduplicated') }}

group by event_key

having sum(case when is_primary then 1 else 0 end) <> 1
