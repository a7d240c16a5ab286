{{ config(materialized='ephemeral') }}

-- Calls that are about a neighbour and do not name this resource: an instance's call changes its
-- network interface, and the security group that it leaves.
with

followed as (

    select
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from {{ ref('int_change_calls_about_links') }}

    union

    select
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from {{ ref('int_change_calls_passing_on') }}

    union

    select
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from {{ ref('int_change_calls_changing_alike') }}

    union

    select
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from {{ ref('int_change_calls_taking_apart') }}

)

select * from followed
