{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_change_candidates'},
) }}

-- What was pending is the call's by which it was. Where nothing else speaks for any call: the last
-- about the resource, unless what it is about is there and has not changed.
with

pending as (

    select
        change_id,
        event_key

    from {{ ref('int_change_calls_pending') }}

),

candidates as (

    select candidates.*

    from {{ ref('int_change_candidates') }} as candidates

    inner join {{ ref('int_changes_to_judge') }} as changes
        on candidates.change_id = changes.change_id

    -- One that asked for what was there before is no cause.
    left join {{ ref('int_change_evidence') }} as evidence
        on
            candidates.change_id = evidence.change_id
            and candidates.event_key = evidence.event_key

    where
        evidence.change_id is null
        and candidates.change_kind = 'modified'
        and candidates.is_of_service
        and not candidates.is_tagging
        and candidates.is_subject_named
        and candidates.effect in ('adds', 'changes', 'removes')
        and candidates.occurred_at > coalesce(changes.previous_seen_at, candidates.occurred_at - {{ interval_seconds(1) }})
        and candidates.occurred_at <= candidates.captured_at
        and candidates.occurred_at
        >= candidates.captured_at - {{ interval_seconds(var('continuous_capture_seconds')) }}
        and candidates.change_id not in (
            select change_id from {{ ref('int_change_modifying_causes') }}
        )
        and candidates.change_id not in (select change_id from pending)

),

states as (

    select
        versions.item_key as change_id,
        versions.configuration,
        versions.supplementary_configuration

    from {{ ref('int_version_contents') }} as versions

    where versions.item_key in (select change_id from candidates)

),

keys as (

    select
        states.change_id,
        parts.name

    from states

    cross join unnest(
        {{ all_matches('states.configuration', '"[A-Za-z]+"\\s*:') }}
    ) as parts (name)

    union

    select
        states.change_id,
        parts.name

    from states

    cross join unnest(
        {{ all_matches('states.supplementary_configuration', '"[A-Za-z]+"\\s*:') }}
    ) as parts (name)

),

-- What a call is about may be what has changed.
changed_words as (

    select distinct
        changed.change_id,
        {{ word_stem('parts.word') }} as stem

    from {{ ref('int_changed_properties') }} as changed

    cross join unnest({{ words_of('changed.property') }}) as parts (word)

    where changed.change_id in (select change_id from candidates)

),

state_words as (

    select
        keys.change_id,
        {{ word_stem('parts.word') }} as stem

    from keys

    cross join unnest({{ words_of('keys.name') }}) as parts (word)

    except

    select
        change_id,
        stem

    from changed_words

),

about_others as (

    select distinct
        candidates.change_id,
        candidates.event_key

    from candidates

    inner join {{ ref('int_call_words') }} as words
        on
            candidates.event_source = words.event_source
            and candidates.call_name = words.call_name
            and strpos(candidates.noun, words.stem) = 0
            and not words.is_common

    inner join state_words
        on
            candidates.change_id = state_words.change_id
            and words.stem = state_words.stem

),

about_other_parameters as (

    select distinct
        candidates.change_id,
        candidates.event_key

    from candidates

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'
            and texts.label is distinct from candidates.named_as
            and length(texts.label) > 3

    inner join keys
        on
            candidates.change_id = keys.change_id
            and lower(keys.name) = lower('"' || texts.label || '":')

    left join {{ ref('int_changed_values') }} as changed
        on
            candidates.change_id = changed.change_id
            and lower(texts.label) = changed.label

    where changed.change_id is null

),

ranked as (

    select
        candidates.change_id,
        candidates.event_key,
        row_number() over (
            partition by candidates.change_id
            order by candidates.occurred_at desc, candidates.event_key asc
        ) as place

    from candidates

    left join about_others
        on
            candidates.change_id = about_others.change_id
            and candidates.event_key = about_others.event_key

    left join about_other_parameters
        on
            candidates.change_id = about_other_parameters.change_id
            and candidates.event_key = about_other_parameters.event_key

    where
        about_others.event_key is null
        and about_other_parameters.event_key is null

),

likely as (

    select
        change_id,
        event_key,
        'gave_the_value' as found_by

    from pending

    union all

    select
        change_id,
        event_key,
        'about_the_resource' as found_by

    from ranked

    where place = 1

)

select * from likely
