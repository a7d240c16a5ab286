{{ config(materialized='ephemeral') }}

-- Calls that are about a neighbour and are not about this resource.
with

followed as (

    select calls.*

    from {{ ref('int_change_calls_followed') }} as calls

    left join {{ ref('int_change_calls_moving_links') }} as moving
        on
            calls.change_id = moving.change_id
            and calls.neighbour_key = moving.neighbour_key
            and calls.side = moving.side
            and calls.event_key = moving.event_key

    where moving.event_key is null

),

-- What calls that name the resource have taken from it.
taken as (

    select distinct
        causes.change_id,
        calls.event_source,
        calls.subject

    from {{ ref('int_change_modifying_causes') }} as causes

    inner join {{ ref('int_writes') }} as writes
        on causes.event_key = writes.event_key

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and calls.effect in ('removes', 'deletes')

    where
        causes.grade = 2
        and causes.change_id in (select change_id from followed)

),

-- Calls that name the resource have been judged by themselves.
called as (

    select
        followed.change_id,
        followed.event_key,
        followed.neighbour_key,
        followed.side,
        calls.effect,
        max(case when calls.effect in ('removes', 'deletes') then 1 else 0 end) over (
            partition by followed.change_id, calls.event_source, calls.subject
        ) = 1
        or taken.change_id is not null as is_taken,
        writes.occurred_at > followed.captured_at as is_late,
        min(writes.occurred_at) over (partition by followed.change_id) > followed.captured_at
            as is_all_late

    from followed

    left join {{ ref('int_events_resolved') }} as named
        on
            followed.event_key = named.event_key
            and followed.resource_key = named.resource_key
            and named.is_of_service
            and named.is_subject_named

    inner join {{ ref('int_writes') }} as writes
        on
            followed.event_key = writes.event_key
            and writes.is_management_event

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and not calls.is_tagging

    left join taken
        on
            followed.change_id = taken.change_id
            and calls.event_source = taken.event_source
            and calls.subject = taken.subject

    where named.event_key is null

),

-- What removes brings nothing, and where a call of the kind took something, what adds took nothing:
-- who disassociated an address took it, and not who associated it with another then. Clocks differ,
-- but what was called before the item counts first.
causes as (

    select
        change_id,
        event_key,
        min(neighbour_key) as neighbour_key

    from called

    where
        is_late = is_all_late
        and (
            side = 'both'
            or (side = 'after' and effect not in ('removes', 'deletes'))
            or (side = 'before' and not (effect = 'adds' and is_taken))
        )

    group by
        change_id,
        event_key

)

select * from causes
