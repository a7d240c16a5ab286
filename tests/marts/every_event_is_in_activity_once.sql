-- What is primary and no Insight is there, and nothing else is.
select event_key
from {{ ref('int_events_deduplicated') }}
where
    is_primary
    and coalesce(event_category, '') <> 'Insight'
    and event_key not in (select event_key from {{ ref('fct_events') }})
union all
select event_key
from {{ ref('fct_events') }}
where event_key not in (
    select event_key
    from {{ ref('int_events_deduplicated') }}
    where is_primary and coalesce(event_category, '') <> 'Insight'
)
