{{ config(materialized='ephemeral') }}

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

states as (

    select
        item_key as change_id,
        lower(
            coalesce(configuration, '') || coalesce(supplementary_configuration, '')
        ) as state_text,
        lower(tags) as tags

    from {{ ref('int_version_contents') }}

    where item_key in (select change_id from candidates)

),

-- What the first item still shows on, or tagged, was not seen to be turned off or untagged.
not_yet_seen as (

    select
        candidates.change_id,
        candidates.event_key

    from candidates

    inner join states
        on candidates.change_id = states.change_id

    inner join {{ ref('int_call_words') }} as words
        on
            candidates.event_source = words.event_source
            and candidates.call_name = words.call_name
            and not words.is_common
            and strpos(replace(states.state_text, '": ', '":'), words.word || '":true') > 0

    where candidates.effect = 'removes'

    union

    select
        candidates.change_id,
        candidates.event_key

    from candidates

    inner join states
        on candidates.change_id = states.change_id

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'
            and lower(texts.label) like '%key%'
            and strpos(states.tags, '"' || lower(texts.value) || '"') > 0

    where
        candidates.effect in ('removes', 'deletes')
        and candidates.is_tagging

),

-- What makes a member that the first item shows: CreateDBInstance, of a cluster.
making_members as (

    select distinct
        candidates.change_id,
        candidates.event_key

    from candidates

    inner join states
        on candidates.change_id = states.change_id

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'
            and strpos(lower(texts.label), calls.subject) = 1
            and strpos(states.state_text, '"' || lower(texts.value) || '"') > 0

    where
        candidates.effect = 'creates'
        and candidates.is_labelled
        and not candidates.is_subject

),

calls_after_birth as (

    select
        candidates.change_id,
        candidates.event_key,
        turning_points.event_key as birth_event_key,
        candidates.event_source,
        candidates.call_name,
        calls.verb,
        calls.subject,
        candidates.effect,
        candidates.named_as,
        candidates.noun,
        candidates.occurred_at

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

    left join not_yet_seen
        on
            candidates.change_id = not_yet_seen.change_id
            and candidates.event_key = not_yet_seen.event_key

    left join making_members
        on
            candidates.change_id = making_members.change_id
            and candidates.event_key = making_members.event_key

    where
        not_yet_seen.event_key is null
        and (makers.event_key is null or candidates.effect <> 'creates')
        and candidates.effect <> 'deletes'
        and (
            candidates.is_subject_named
            or (
                candidates.is_labelled
                -- CreateRoute makes a part of a route table.
                and (candidates.effect <> 'creates' or strpos(candidates.noun, calls.subject) = 1)
            )
            or making_members.event_key is not null
            or candidates.is_tagging
            -- AssociateAddress names an address by its id.
            or (
                candidates.is_uniquely_named
                and candidates.is_in_request
                and candidates.effect <> 'creates'
            )
        )
        and candidates.occurred_at <= candidates.captured_at

)

select * from calls_after_birth
