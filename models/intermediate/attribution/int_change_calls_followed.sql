{{ config(materialized='ephemeral') }}

-- Calls that are about a neighbour and do not name this resource: an instance's call changes its
-- network interface, and the security group that it leaves.
{%- set ways = [
    'int_change_calls_about_links', 'int_change_calls_passing_on', 'int_change_calls_changing_alike',
    'int_change_calls_taking_apart',
] %}
with

followed as (

    {%- for way in ways %}

    select
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from {{ ref(way) }}
    {%- if not loop.last %}

    union
    {%- endif %}
    {%- endfor %}

)

select * from followed
