{{ config(materialized='ephemeral') }}

with

called as (

    select *

    from {{ ref('int_change_calls_after_birth') }}

),

requested as (

    select distinct
        called.change_id,
        called.event_key,
        lower(texts.label) as label,
        lower(texts.value) as value

    from called

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            called.event_key = texts.event_key
            and texts.place = 'request'
            and texts.value is not null
            and texts.label <> coalesce(called.named_as, '')

),

asked as (

    select
        *,
        -- What says which one is set, not what to.
        case when {{ matches('label', '.*(name|key|id|arn)') }} then value end as name,
        label like 'remove%' or label like '%toremove%' as is_removed,
        label like '%toadd%'
        or (label like 'add%' and label not like 'address%' and label not like 'addition%') as is_added

    from requested

),

told as (

    select
        change_id,
        event_key,
        {{ joined_texts('value', ' ') }} as values_told,
        {{ joined_texts('label', ' ') }} as labels_told,
        {{ joined_texts('name', ' ') }} as names_told,
        max(case when is_added or is_removed then 1 else 0 end) = 1 as is_partial,
        max(case when is_removed then 1 else 0 end) = 1 as is_removed

    from asked

    group by
        change_id,
        event_key

),

directed as (

    select
        called.change_id,
        called.event_key,
        called.event_source,
        called.call_name,
        called.subject,
        called.occurred_at,
        called.verb in ('put', 'set', 'modify', 'update')
        and not coalesce(told.is_partial, false) as is_setting,
        called.effect = 'removes' or coalesce(told.is_removed, false) as is_taking,
        coalesce(told.values_told, '') as values_told,
        told.labels_told,
        told.names_told

    from called

    left join told
        on
            called.change_id = told.change_id
            and called.event_key = told.event_key

),

-- Of what gives and takes the same, only what is left in the end can be seen, and who did it first;
-- nothing, where it is as it was. Without values the call itself is all that is known.
runs as (

    select
        *,
        is_taking is distinct from lag(is_taking) over (
            partition by change_id, event_source, subject, values_told
            order by occurred_at asc, event_key asc
        ) as is_start_of_run,
        first_value(is_taking) over (
            partition by change_id, event_source, subject, values_told
            order by occurred_at asc, event_key asc
        ) as was_taking_at_first

    from directed

    where not is_setting

),

last_runs as (

    select
        change_id,
        event_key,
        is_taking = was_taking_at_first or values_told = '' as is_left,
        row_number() over (
            partition by change_id, event_source, subject, values_told
            order by occurred_at desc, event_key desc
        ) as place

    from runs

    where is_start_of_run

),

left_over as (

    select
        change_id,
        event_key

    from last_runs

    where
        place = 1
        and is_left

),

settings as (

    select
        change_id,
        event_key,
        event_source,
        call_name,
        occurred_at,
        values_told,
        values_told is not distinct from lag(values_told) over (
            partition by change_id, event_source, call_name, labels_told, names_told
            order by occurred_at asc, event_key asc
        ) as is_repeated

    from directed

    where is_setting

),

-- Whoever sets the same things later, to whatever value, has overwritten it.
overwritten as (

    select distinct
        earlier.change_id,
        earlier.event_key

    from settings as earlier

    inner join settings as later
        on
            earlier.change_id = later.change_id
            and earlier.event_source = later.event_source
            and earlier.call_name = later.call_name
            and not later.is_repeated
            and (
                earlier.occurred_at < later.occurred_at
                or (earlier.occurred_at = later.occurred_at and earlier.event_key < later.event_key)
            )

    inner join asked
        on
            earlier.change_id = asked.change_id
            and earlier.event_key = asked.event_key

    left join asked as asked_later
        on
            later.change_id = asked_later.change_id
            and later.event_key = asked_later.event_key
            and asked.label = asked_later.label
            and asked.name is not distinct from asked_later.name

    group by
        earlier.change_id,
        earlier.event_key,
        later.event_key

    having count(distinct asked.label) = count(distinct asked_later.label)

),

left_standing as (

    select
        called.change_id,
        called.event_key

    from called

    left join left_over
        on
            called.change_id = left_over.change_id
            and called.event_key = left_over.event_key

    left join settings
        on
            called.change_id = settings.change_id
            and called.event_key = settings.event_key

    left join overwritten
        on
            called.change_id = overwritten.change_id
            and called.event_key = overwritten.event_key

    where
        left_over.event_key is not null
        or (not settings.is_repeated and overwritten.event_key is null)

)

select * from left_standing
