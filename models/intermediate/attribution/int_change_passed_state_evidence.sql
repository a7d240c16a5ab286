{{ config(materialized='ephemeral') }}

-- A response that tells a state which the property has only for a while: a key is pending deletion,
-- and then disabled; what calls that off is about the same.
with

passing as (

    select distinct
        candidates.change_id,
        candidates.event_key,
        candidates.occurred_at,
        calls.event_source,
        calls.subject,
        changed.property,
        changed.element_key

    from {{ ref('int_modifying_candidates') }} as candidates

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'response'
            and lower(texts.label) not in ({{ common_labels() }})

    inner join {{ ref('int_changed_properties') }} as changed
        on
            candidates.change_id = changed.change_id
            and changed.difference = 'changed'
            and (lower(changed.last_part) like '%state' or lower(changed.last_part) like '%status')
            and lower(texts.label) = lower(changed.last_part)
            and changed.value_before <> '"' || texts.value || '"'
            and changed.value_after <> '"' || texts.value || '"'

    -- Where a call gave the state, it has not passed through another's.
    left join {{ ref('int_change_value_word_evidence') }} as given
        on
            changed.change_id = given.change_id
            and changed.element_key = given.element_key
            and given.is_given = 1

    where given.change_id is null

),

called_off as (

    select distinct
        passing.change_id,
        candidates.event_key,
        passing.property,
        passing.element_key

    from passing

    inner join {{ ref('int_modifying_candidates') }} as candidates
        on
            passing.change_id = candidates.change_id
            and passing.occurred_at <= candidates.occurred_at

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name
            and calls.verb = 'cancel'
            and passing.subject = calls.subject

),

evidence as (

    select
        change_id,
        event_key,
        property,
        element_key,
        1 as is_about

    from passing

    union

    select
        change_id,
        event_key,
        property,
        element_key,
        1 as is_about

    from called_off

)

select * from evidence
