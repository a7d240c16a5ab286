{{ config(materialized='ephemeral') }}

-- Verbs that so many calls have that a state such as UPDATE_COMPLETE does not tell which it was.
{%- set common_verbs = ['attach', 'create', 'delete', 'modify', 'update'] %}
-- `pending-reboot` waits for a reboot, and what is stopped for a start.
{%- set is_awaited = "(words.is_verb and (changed.value_as_shown like 'pending%' or words.word = 'start'))" %}
with

candidates as (

    select *

    from {{ ref('int_change_candidates') }}

    where change_kind in ('modified', 'tags_only')

),

-- The words of a call but those that name the resource's kind.
words as (

    select
        candidates.change_id,
        candidates.event_key,
        words.word,
        words.stem,
        words.is_verb,
        words.is_common,
        candidates.effect in ('removes', 'deletes') and not words.is_verb as is_taking,
        candidates.effect in ('adds', 'removes') as is_relating

    from candidates

    inner join {{ ref('int_call_words') }} as words
        on
            candidates.event_source = words.event_source
            and candidates.call_name = words.call_name
            and strpos(candidates.noun, words.stem) = 0

),

paths as (

    select distinct property

    from {{ ref('int_changed_properties') }}

    where change_id in (select change_id from candidates)

),

path_words as (

    select distinct
        paths.property,
        {{ word_stem('parts.word') }} as stem

    from paths

    cross join unnest({{ words_of('paths.property') }}) as parts (word)

    union

    -- PutBucketAcl and AccessControlList.
    select
        property,
        lower({{ rewritten("split_part(property, '.', 1)", '([A-Z])[a-z0-9]*', '$1') }}) as stem

    from paths

),

-- StopInstances and the state `stopped`, ScheduleKeyDeletion and PendingDeletion.
short_values as (

    select distinct value_as_shown

    from {{ ref('int_changed_values') }}

    -- `ecr:PutImage` is no state.
    where
        length(value_as_shown) <= 30
        and (strpos(value_as_shown, ':') = 0 or value_as_shown like 'AWS::%')
        and change_id in (select change_id from candidates)

),

value_words as (

    select distinct
        short_values.value_as_shown,
        {{ word_stem('parts.word') }} as stem,
        parts.word

    from short_values

    cross join unnest({{ words_of('short_values.value_as_shown') }}) as parts (word)

),

-- A call is about a property whose path has all of its words, but for the policy that it puts:
-- PutRetentionPolicy and RetentionInDays.
telling as (

    select
        *,
        word = 'policy'
        and max(case when is_common or word = 'policy' then 0 else 1 end) over (
            partition by change_id, event_key
        ) = 1 as is_policy_of

    from words

),

told as (

    select
        change_id,
        event_key,
        count(distinct stem) as words_count

    from telling

    where
        not is_common
        and not is_policy_of

    group by
        change_id,
        event_key

),

about as (

    select
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key

    from telling as words

    inner join told
        on
            words.change_id = told.change_id
            and words.event_key = told.event_key

    inner join {{ ref('int_changed_properties') }} as changed
        on words.change_id = changed.change_id

    inner join path_words
        on
            changed.property = path_words.property
            and words.stem = path_words.stem

    where
        not words.is_common
        and not words.is_policy_of

    group by
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key

    having count(distinct words.stem) = max(told.words_count)

),

-- MonitorInstances has no word but its verb: it is about what is called as the verb is.
about_by_verb as (

    select distinct
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key

    from words

    left join told
        on
            words.change_id = told.change_id
            and words.event_key = told.event_key

    inner join {{ ref('int_changed_properties') }} as changed
        on words.change_id = changed.change_id

    inner join path_words
        on
            changed.property = path_words.property
            and {{ rewritten('words.stem', '^un', '') }} = path_words.stem

    where
        told.event_key is null
        and words.is_verb
        and length(words.stem) > 3
        and words.word not in ('enable', 'disable', '{{ common_verbs | join("', '") }}')

),

found as (

    select
        change_id,
        event_key,
        property,
        element_key,
        0 as is_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about

    from about

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        0 as is_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about

    from about_by_verb

    union all

    select
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key,
        case
            when words.word in ('{{ common_verbs | join("', '") }}') then 0
            when changed.side = 'after' and not words.is_taking then 1
            else 0
        end as is_given,
        case
            when changed.side = 'before' and not words.is_taking and not {{ is_awaited }} then 1
            when changed.side = 'after' and words.is_taking then 1
            else 0
        end as is_former,
        case when changed.side = 'before' and (words.is_taking or {{ is_awaited }}) then 1 else 0 end
            as is_taken,
        case when words.word in ('{{ common_verbs | join("', '") }}') then 1 else 0 end as is_about

    from words

    left join told
        on
            words.change_id = told.change_id
            and words.event_key = told.event_key

    inner join {{ ref('int_changed_values') }} as changed
        on words.change_id = changed.change_id

    left join about
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
        and (words.is_relating or strpos(changed.value_as_shown, ':') = 0)
        and (not words.is_verb or told.event_key is null or about.event_key is not null)

),

evidence as (

    select
        change_id,
        event_key,
        property,
        element_key,
        max(is_given) as is_given,
        max(is_former) as is_former,
        max(is_taken) as is_taken,
        max(is_about) as is_about

    from found

    group by
        change_id,
        event_key,
        property,
        element_key

)

select * from evidence
