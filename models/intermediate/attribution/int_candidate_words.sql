{{ config(materialized='ephemeral') }}

-- Verbs that so many calls have that a state such as UPDATE_COMPLETE does not tell which it was.
{%- set common_verbs = ['attach', 'create', 'delete', 'modify', 'update'] %}
with

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

    from {{ ref('int_modifying_candidates') }} as candidates

    inner join {{ ref('int_call_words') }} as words
        on
            candidates.event_source = words.event_source
            and candidates.call_name = words.call_name
            and strpos(candidates.noun, words.stem) = 0

),

-- All but the policy that is put of something: PutRetentionPolicy and RetentionInDays.
telling as (

    select
        *,
        not is_common
        and not (
            word = 'policy'
            and max(case when is_common or word = 'policy' then 0 else 1 end) over (
                partition by change_id, event_key
            ) = 1
        ) as is_telling

    from words

),

told as (

    select
        change_id,
        event_key,
        count(distinct stem) as words_count

    from telling

    where is_telling

    group by
        change_id,
        event_key

),

counted as (

    select
        words.change_id,
        words.event_key,
        words.word,
        words.stem,
        coalesce(told.words_count, 0) as telling_words_count,
        words.is_verb,
        words.word in ('{{ common_verbs | join("', '") }}') as is_common_verb,
        words.is_telling,
        words.is_taking,
        words.is_relating

    from telling as words

    left join told
        on
            words.change_id = told.change_id
            and words.event_key = told.event_key

)

select * from counted
