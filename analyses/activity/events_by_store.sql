select
    _store,
    event_date,
    replace(event_source, '.amazonaws.com', '') as service,
    count(*) as events_count,
    sum(case when is_primary then 1 else 0 end) as best_copies_count
from {{ ref('int_events_deduplicated') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for("replace(event_source, '.amazonaws.com', '')", 'service') }}
group by
    _store,
    event_date,
    replace(event_source, '.amazonaws.com', '')
order by
    _store asc,
    event_date asc,
    events_count desc,
    service asc
