{{ config(materialized='ephemeral') }}

-- `pending-reboot` waits for a reboot, and what is stopped for a start.
{%- set is_awaited = "(words.is_verb and (changed.value_as_shown like 'pending%' or words.word = 'start'))" %}
with

words as (

    select *

    from {{ ref('int_candidate_words') }}

),

-- StopInstances and the state `stopped`, ScheduleKeyDeletion and PendingDeletion.
short_values as (

    select distinct value_as_shown

    from {{ ref('int_changed_values') }}

    -- `ecr:PutImage` is no state.
    where
        length(value_as_shown) <= 30
        and (strpos(value_as_shown, ':') = 0 or value_as_shown like 'AWS::%')
        and change_id in (select change_id from words)

),

value_words as (

    select distinct
        short_values.value_as_shown,
        {{ word_stem('parts.word') }} as stem,
        parts.word

    from short_values

    cross join unnest({{ words_of('short_values.value_as_shown') }}) as parts (word)

),

matched as (

    select
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key,
        changed.side,
        words.is_common_verb,
        words.is_taking,
        words.is_taking or {{ is_awaited }} as is_ending,
        -- What the property is called says nothing of its value: of drift both DRIFTED and IN_SYNC tell.
        about.event_key is not null and not words.is_verb as is_of_the_property

    from words

    inner join {{ ref('int_changed_values') }} as changed
        on words.change_id = changed.change_id

    left join {{ ref('int_change_path_word_evidence') }} as about
        on
            words.change_id = about.change_id
            and words.event_key = about.event_key
            and changed.element_key = about.element_key

    inner join value_words
        on
            changed.value_as_shown = value_words.value_as_shown
            and (
                value_words.stem = words.stem
                or value_words.word like words.word || '%'
                or (words.word = 'start' and value_words.word = 'stopped')
            )

    -- DisableKeyRotation disables no key, and PutRolePolicy relates a role to no AWS::IAM::Policy.
    where
        length(words.word) > 3
        and not changed.label like '_%name'
        and (words.is_relating or strpos(changed.value_as_shown, ':') = 0)
        and (not words.is_verb or words.telling_words_count = 0 or about.event_key is not null)

),

evidence as (

    select
        change_id,
        event_key,
        property,
        element_key,
        max(case when side = 'after' and not is_taking and not is_common_verb then 1 else 0 end)
            as is_given,
        max(
            case
                when side = 'before' and not is_ending and not is_of_the_property then 1
                when side = 'after' and is_taking then 1
                else 0
            end
        ) as is_former,
        max(case when side = 'before' and is_ending then 1 else 0 end) as is_taken,
        max(case when is_common_verb then 1 else 0 end) as is_about

    from matched

    group by
        change_id,
        event_key,
        property,
        element_key

)

select * from evidence
