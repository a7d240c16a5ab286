{{ config(materialized='ephemeral') }}

{%- set told_of_any_call = '[a-z_ -]*|[0-9]{4}-[0-9]{2}-[0-9]{2}t.*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' %}
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
        versions.configuration,
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

-- What the resource was made with otherwise.
made_otherwise as (

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
            and requested.label = lower(at_birth.label)
            and requested.value <> lower(at_birth.value)

),

asked_since as (

    select requested.*

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

),

compared as (

    select
        asked_since.change_id,
        asked_since.event_key,
        -- Plain words and small numbers stand everywhere; ids and documents may be shown otherwise.
        asked_since.is_property
        and not {{ matches('asked_since.label', '.*(name|key|id|arn)') }}
        and not {{ matches('asked_since.value', '[a-z]*|[0-9.]{1,3}') }}
        and strpos(asked_since.value, '{') <> 1
        and strpos(asked_since.value, '[') <> 1 as is_telling,
        (not asked_since.is_off or made_otherwise.event_key is not null)
        and (
            strpos(asked_since.state_text, '"' || asked_since.value || '"') > 0
            -- The end of an ARN.
            or strpos(asked_since.state_text, '/' || asked_since.value || '"') > 0
            or strpos(asked_since.state_text, '"' || asked_since.label || '":' || asked_since.value || ',') > 0
            or strpos(asked_since.state_text, '"' || asked_since.label || '":' || asked_since.value || '}') > 0
            or (asked_since.is_hidden and asked_since.is_property)
            or (
                not asked_since.is_property
                and length(asked_since.value) > 3
                and asked_since.value <> 'true'
                and strpos(asked_since.state_text, asked_since.value) > 0
            )
            -- Documents that stand URL-encoded in the state.
            or strpos(asked_since.state_text, '%7b%22') > 0
        ) as is_shown

    from asked_since

    left join made_otherwise
        on
            asked_since.change_id = made_otherwise.change_id
            and asked_since.event_key = made_otherwise.event_key
            and asked_since.label = made_otherwise.label
            and asked_since.value = made_otherwise.value

),

-- What the first item shows of a call, and the resource was not made with: of a rule its address,
-- for `tcp` stands in every rule.
shown_since as (

    select
        change_id,
        event_key

    from compared

    group by
        change_id,
        event_key

    having
        max(case when is_shown then 1 else 0 end) = 1
        and (
            max(case when is_shown and is_telling then 1 else 0 end) = 1
            or max(case when is_telling then 1 else 0 end) = 0
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

-- Short values may be states; names of others have colons or slashes.
state_values as (

    select distinct
        states.change_id,
        {{ scalar_value('parts.scalar') }} as value

    from states

    cross join unnest({{ json_scalars("states.configuration") }}) as parts (scalar)

),

state_words as (

    select distinct
        state_values.change_id,
        parts.word

    from state_values

    cross join unnest({{ words_of('state_values.value') }}) as parts (word)

    where
        length(state_values.value) <= 30
        and strpos(state_values.value, ':') = 0
        and strpos(state_values.value, '/') = 0

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

    left join state_words
        on
            called_since.change_id = state_words.change_id
            and words.word = state_words.word

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
        and (
            state_words.word is not null
            or (
                length(called_since.subject) > length(words.word)
                and strpos(states.state_text, called_since.subject) > 0
            )
        )

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

-- What only the answer tells (a hash of the code), the making answered otherwise, and the first item
-- shows: the first call that answers so gave it. A time or a revision says that it was called.
answered_since as (

    select
        called_since.change_id,
        called_since.event_key,
        row_number() over (
            partition by called_since.change_id, lower(answers.label)
            order by called_since.occurred_at asc, called_since.event_key asc
        ) as place

    from called_since

    inner join states
        on called_since.change_id = states.change_id

    inner join {{ ref('int_candidate_texts') }} as answers
        on
            called_since.event_key = answers.event_key
            and answers.place = 'response'
            and length(answers.value) > 4
            and not {{ matches('lower(answers.value)', told_of_any_call) }}
            and strpos(
                states.state_text, '"' || lower(answers.label) || '":"' || lower(answers.value) || '"'
            ) > 0

    inner join {{ ref('int_candidate_texts') }} as at_birth
        on
            called_since.birth_event_key = at_birth.event_key
            and at_birth.place = 'response'
            and lower(answers.label) = lower(at_birth.label)

    group by
        called_since.change_id,
        called_since.event_key,
        called_since.occurred_at,
        lower(answers.label)

    having max(case when lower(answers.value) = lower(at_birth.value) then 1 else 0 end) = 0

),

since_the_birth as (

    select * from shown_since

    union

    select
        change_id,
        event_key

    from answered_since

    where place = 1

    union

    select * from told_since

    union

    select * from without_values

)

select * from since_the_birth
