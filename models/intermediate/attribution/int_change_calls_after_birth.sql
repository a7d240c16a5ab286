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

    where
        (makers.event_key is null or candidates.effect <> 'creates')
        and candidates.effect <> 'deletes'
        and (
            candidates.is_subject_named
            or (
                candidates.is_labelled
                -- CreateRoute makes a part of a route table.
                and (candidates.effect <> 'creates' or strpos(candidates.noun, calls.subject) = 1)
            )
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
