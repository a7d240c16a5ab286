select
    events.occurred_at,
    events.account_id,
    events.aws_region,
    events.event_source,
    events.event_name,
    events.event_id
from {{ ref('int_events_deduplicated') }} as events
left join {{ ref('int_events_deduplicated') }} as others
    on
        events.event_key = others.event_key
        and events.event_date = others.event_date
        and others._store <> events._store
        and {{ asked_for('others._store', 'other') }}
where
    {{ within('events.occurred_at', var('since', none), var('until', none)) }}
    and events._store = {{ argument('store') }}
    and others.event_key is null
order by
    events.occurred_at asc,
    events.event_key asc
