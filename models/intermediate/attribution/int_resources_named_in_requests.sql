{{ config(materialized='ephemeral') }}

with

named_in_requests as (

    select
        event_key,
        resource_key,
        resource_type,
        account_id,
        named_as,
        event_source,
        call_name,
        is_of_service,
        is_subject_named,
        occurred_at

    from {{ ref('int_events_resolved') }}

    where
        is_in_request
        and is_uniquely_named

)

select * from named_in_requests
