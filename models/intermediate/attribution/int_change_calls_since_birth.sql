with

candidates as (

    select *

    from {{ ref('int_change_candidates') }}

    where change_kind in ('created', 'recreated')

),

turning_points as (

    select *

    from {{ ref('int_change_turning_points') }}

),

called_since as (

    select
        candidates.change_id,
        candidates.event_key,
        candidates.named_as,
        candidates.noun,
        candidates.event_source,
        candidates.call_name,
        turning_points.event_key as birth_event_key,
        calls.verb

    from candidates

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name

    inner join turning_points
        on
            candidates.change_id = turning_points.change_id
            and turning_points.choice_number = 1
            and candidates.occurred_at >= turning_points.occurred_at
            and candidates.event_key <> turning_points.event_key

    -- What would have made it, had not another call.
    left join turning_points as makers
        on
            candidates.change_id = makers.change_id
            and candidates.event_key = makers.event_key

    where
        (makers.event_key is null or candidates.effect <> 'creates')
        and candidates.effect <> 'deletes'
        and (
            candidates.is_subject_named
            or (candidates.is_labelled and candidates.effect <> 'creates')
            or candidates.is_tagging
        )
        and candidates.occurred_at <= candidates.captured_at

),

states as (

    select
        versions.item_key as change_id,
        lower(
            coalesce(versions.configuration, '')
            || coalesce(versions.supplementary_configuration, '')
            || coalesce(versions.tags, '')
            || coalesce(versions.relationships, '')
        ) as state_text

    from {{ ref('int_configuration_versions') }} as versions

    where versions.item_key in (select change_id from called_since)

),

requested as (

    select
        called_since.change_id,
        called_since.event_key,
        called_since.birth_event_key,
        lower(texts.label) as label,
        lower(texts.value) as value

    from called_since

    inner join {{ ref('int_write_texts') }} as texts
        on
            called_since.event_key = texts.event_key
            and texts.place = 'request'
            and texts.value is not null
            and texts.label is distinct from called_since.named_as

),

-- What the first item shows of a call, and the resource was not made with.
shown_since as (

    select distinct
        requested.change_id,
        requested.event_key

    from requested

    inner join states
        on requested.change_id = states.change_id

    left join {{ ref('int_write_texts') }} as at_birth
        on
            requested.birth_event_key = at_birth.event_key
            and at_birth.place = 'request'
            and requested.value = lower(at_birth.value)

    where
        at_birth.event_key is null
        and (
            strpos(states.state_text, '"' || requested.label || '"') > 0
            or (length(requested.value) > 3 and strpos(states.state_text, requested.value) > 0)
            -- Documents that stand URL-encoded in the state.
            or strpos(states.state_text, '%7b%22') > 0
        )

),

-- ScheduleKeyDeletion gives no value, and the key is pending deletion.
told_since as (

    select distinct
        called_since.change_id,
        called_since.event_key

    from called_since

    inner join states
        on called_since.change_id = states.change_id

    inner join {{ ref('int_call_words') }} as words
        on
            called_since.event_source = words.event_source
            and called_since.call_name = words.call_name
            and length(words.word) > 4
            and not words.is_verb
            and not words.is_common
            and strpos(called_since.noun, words.stem) = 0
            and strpos(states.state_text, words.word) > 0

    left join shown_since
        on
            called_since.change_id = shown_since.change_id
            and called_since.event_key = shown_since.event_key

    left join requested
        on
            called_since.change_id = requested.change_id
            and called_since.event_key = requested.event_key
            and strpos(states.state_text, '"' || requested.label || '"') > 0

    where
        shown_since.event_key is null
        and requested.event_key is null

),

without_values as (

    select
        called_since.change_id,
        called_since.event_key

    from called_since

    left join requested
        on
            called_since.change_id = requested.change_id
            and called_since.event_key = requested.event_key
            and coalesce(requested.label not like '%token', true)

    where
        requested.event_key is null
        and called_since.verb not in ('put', 'set', 'modify', 'update')

),

since_the_birth as (

    select * from shown_since

    union

    select * from told_since

    union

    select * from without_values

)

select * from since_the_birth
