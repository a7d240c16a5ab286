-- Objects are compared member by member, one level of the document at a time; what is equal is left
-- behind at once. Below the last level values are compared whole.
{%- set levels = 12 %}
{%- set naming_keys = [
    'Sid', 'policyName', 'name', 'id', 'key', 'Key', 'ruleId', 'versionId', 'groupId', 'arn',
] %}
{%- set areas = {
    'configuration': 'configuration',
    'supplementaryConfiguration': 'supplementary_configuration',
    'tags': 'tags',
    'relationships': 'relationships',
} %}
with

states as (

    select *

    from {{ ref('int_configuration_states') }}

),

opened as (

    {%- for area, column in areas.items() %}

    select
        states.item_key,
        '{{ area }}' as area,
        '' as path,
        {{ opened_json(area_text("previous." ~ column, area)) }} as value_before,
        {{ opened_json(area_text("states." ~ column, area)) }} as value_after

    from states

    inner join states as previous
        on
            states.previous_item_key = previous.item_key
            and not states.is_first_of_life
            and not states.is_deleted
            and not previous.is_deleted
            and states.{{ column }} is distinct from previous.{{ column }}
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

found as (

    {{ compared_levels('opened', levels, naming_keys) }}

),

paths as (

    select distinct
        states.resource_type,
        found.area,
        found.path

    from found

    inner join states
        on found.item_key = states.item_key

),

volatile_paths as (

    select distinct
        paths.resource_type,
        paths.area,
        paths.path

    from paths

    inner join {{ ref('volatile_properties') }} as volatile
        on
            paths.area = volatile.area
            and volatile.resource_type in ('*', paths.resource_type)
            and (
                paths.path = volatile.property_path
                or paths.path like '%.' || volatile.property_path
                or paths.path like volatile.property_path || '.%'
            )

),

property_changes as (

    select

        ---------- ids
        found.item_key,

        ---------- strings
        found.area,
        found.path as property_path,
        case
            when found.value_before is null then 'added'
            when found.value_after is null then 'removed'
            else 'changed'
        end as difference,

        ---------- payloads (JSON text)
        found.value_before,
        found.value_after,

        ---------- booleans
        volatile_paths.path is not null as is_volatile

    from found

    inner join states
        on found.item_key = states.item_key

    left join volatile_paths
        on
            states.resource_type = volatile_paths.resource_type
            and found.area = volatile_paths.area
            and found.path = volatile_paths.path

)

select * from property_changes
