{{ config(materialized='ephemeral') }}

-- Where two calls gave an element the same, one between them with the same parameters may have
-- given it something else, which nothing shows any more: an interface was in another group then.
with

calls as (

    select
        change_id,
        event_key,
        event_source,
        call_name,
        request_hash,
        occurred_at

    from {{ ref('int_modifying_candidates') }}

    where effect = 'changes'

),

given as (

    select
        evidence.change_id,
        evidence.element_key,
        calls.event_key,
        calls.event_source,
        calls.call_name,
        calls.request_hash,
        calls.occurred_at

    from {{ ref('int_change_evidence') }} as evidence

    inner join calls
        on
            evidence.change_id = calls.change_id
            and evidence.event_key = calls.event_key

    where
        evidence.grade = 2
        and evidence.matched_count > 0

),

in_between as (

    select distinct
        given.change_id,
        given.element_key,
        given.event_key as given_by,
        calls.event_key,
        calls.occurred_at

    from given

    inner join given as again
        on
            given.change_id = again.change_id
            and given.element_key = again.element_key
            and given.request_hash = again.request_hash
            and given.occurred_at < again.occurred_at

    inner join calls
        on
            given.change_id = calls.change_id
            and given.event_source = calls.event_source
            and given.call_name = calls.call_name
            and given.request_hash <> calls.request_hash
            and given.occurred_at < calls.occurred_at
            and calls.occurred_at < again.occurred_at

),

labels as (

    select distinct
        event_key,
        label

    from {{ ref('int_candidate_texts') }}

    where
        place = 'request'
        and label is not null
        and (
            event_key in (select event_key from in_between)
            or event_key in (select given_by from in_between)
        )

),

parameters as (

    select
        event_key,
        {{ joined_texts('label', ' ') }} as labels

    from labels

    group by event_key

),

set_otherwise as (

    select
        in_between.change_id,
        in_between.element_key,
        max(in_between.occurred_at) as occurred_at

    from in_between

    inner join parameters as asked
        on in_between.event_key = asked.event_key

    inner join parameters as asked_before
        on
            in_between.given_by = asked_before.event_key
            and asked.labels = asked_before.labels

    left join given
        on
            in_between.change_id = given.change_id
            and in_between.element_key = given.element_key
            and in_between.event_key = given.event_key

    where given.event_key is null

    group by
        in_between.change_id,
        in_between.element_key

)

select * from set_otherwise
