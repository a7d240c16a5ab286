{{ config(materialized='ephemeral') }}

with

candidates as (

    select
        change_id,
        change_kind,
        event_key,
        noun,
        event_source,
        call_name,
        named_as,
        effect,
        is_in_request,
        is_tagging,
        request_hash,
        occurred_at,
        captured_at

    from {{ ref('int_change_candidates') }}

    where change_kind in ('modified', 'tags_only')

)

select * from candidates
