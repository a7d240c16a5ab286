{{ config(materialized='ephemeral') }}

with

called_since as (

    select called.*

    from {{ ref('int_change_calls_after_birth') }} as called

    inner join {{ ref('int_change_calls_left_standing') }} as left_standing
        on
            called.change_id = left_standing.change_id
            and called.event_key = left_standing.event_key

),

states as (

    select
        versions.item_key as change_id,
        replace(
            lower(
                coalesce(versions.configuration, '')
                || coalesce(versions.supplementary_configuration, '')
                || coalesce(versions.tags, '')
                || coalesce(versions.relationships, '')
            ),
            '": ',
            '":'
        ) as state_text

    from {{ ref('int_version_contents') }} as versions

    where versions.item_key in (select change_id from called_since)

),

texts as (

    select
        event_key,
        lower(label) as label,
        lower(value) as value

    from {{ ref('int_candidate_texts') }}

    where
        place = 'request'
        and event_key in (select event_key from called_since)

),

requested as (

    select
        called_since.change_id,
        called_since.event_key,
        called_since.birth_event_key,
        called_since.effect,
        texts.label,
        texts.value,
        states.state_text,
        strpos(states.state_text, '"' || texts.label || '"') > 0 as is_property,
        -- Which of several is set, not what to.
        texts.label in ('key', 'attributename') as is_name,
        -- What is new is off unless somebody turns it on.
        texts.value in ('', 'false', 'disabled', 'off', 'none') as is_off,
        texts.value = 'hidden_due_to_security_reasons' as is_hidden

    from called_since

    inner join texts
        on
            called_since.event_key = texts.event_key
            and texts.value is not null
            and texts.label <> lower(coalesce(called_since.named_as, ''))

    inner join states
        on called_since.change_id = states.change_id

),

made_with as (

    select distinct
        requested.change_id,
        requested.event_key,
        requested.label,
        requested.value

    from requested

    inner join {{ ref('int_candidate_texts') }} as at_birth
        on
            requested.birth_event_key = at_birth.event_key
            and at_birth.place = 'request'
            and requested.value = lower(at_birth.value)

    -- 3 and true say little without what they are.
    where length(requested.value) > 4 or requested.label = lower(at_birth.label)

),

-- What the first item shows of a call, and the resource was not made with.
shown_since as (

    select distinct
        requested.change_id,
        requested.event_key

    from requested

    left join made_with
        on
            requested.change_id = made_with.change_id
            and requested.event_key = made_with.event_key
            and requested.label = made_with.label
            and requested.value = made_with.value

    where
        made_with.event_key is null
        and not requested.is_name
        and not requested.is_off
        and (
            strpos(requested.state_text, '"' || requested.value || '"') > 0
            -- The end of an ARN.
            or strpos(requested.state_text, '/' || requested.value || '"') > 0
            or strpos(requested.state_text, '"' || requested.label || '":' || requested.value || ',') > 0
            or strpos(requested.state_text, '"' || requested.label || '":' || requested.value || '}') > 0
            or (requested.is_hidden and requested.is_property)
            or (
                not requested.is_property
                and length(requested.value) > 3
                and requested.value <> 'true'
                and strpos(requested.state_text, requested.value) > 0
            )
            -- Documents that stand URL-encoded in the state.
            or strpos(requested.state_text, '%7b%22') > 0
        )

),

turned_off as (

    select
        change_id,
        event_key

    from requested

    group by
        change_id,
        event_key

    having min(case when is_off then 1 else 0 end) = 1

),

-- What such calls have done is told by their values, or not at all.
told_by_values as (

    select distinct
        change_id,
        event_key

    from requested

    where effect = 'removes' or is_property

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

    left join turned_off
        on
            called_since.change_id = turned_off.change_id
            and called_since.event_key = turned_off.event_key

    left join shown_since
        on
            called_since.change_id = shown_since.change_id
            and called_since.event_key = shown_since.event_key

    left join told_by_values
        on
            called_since.change_id = told_by_values.change_id
            and called_since.event_key = told_by_values.event_key

    where
        turned_off.event_key is null
        and shown_since.event_key is null
        and told_by_values.event_key is null

),

-- EnableKeyRotation, of a key that says whether it is rotated; nothing says that a queue was purged.
without_values as (

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
            and length(words.word) > 3
            and strpos(called_since.noun, words.stem) = 0
            and strpos(states.state_text, words.stem) > 0

    left join requested
        on
            called_since.change_id = requested.change_id
            and called_since.event_key = requested.event_key
            and coalesce(requested.label not like '%token', true)
            -- `force: false`
            and not requested.is_off

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
