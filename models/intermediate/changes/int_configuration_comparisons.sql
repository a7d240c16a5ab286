{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'nothing_without': 'int_configuration_states'},
) }}

-- What two states differ in is the same for ever: only pairs that were never compared are.
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

items as (

    select *

    from {{ ref('int_configuration_items_deduplicated') }}

    where is_primary

),

pairs as (

    select
        states.state_hash,
        states.compared_state_hash,
        min(states.item_key) as item_key

    from states
    {%- if is_incremental() %}

    left join {{ this }} as known
        on
            states.state_hash = known.state_hash
            and states.compared_state_hash = known.compared_state_hash
    {%- endif %}

    where
        states.compared_state_hash is not null
        {%- if is_incremental() %}
        and known.state_hash is null
        {%- endif %}

    group by
        states.state_hash,
        states.compared_state_hash

),

compared_states as (

    select
        states.item_key
        {%- for column in areas.values() %},
        items.{{ column }},
        previous.{{ column }} as previous_{{ column }}
        {%- endfor %}

    from pairs

    inner join states
        on pairs.item_key = states.item_key

    inner join items
        on pairs.item_key = items.item_key

    inner join items as previous
        on states.previous_item_key = previous.item_key

),

opened as (

    {%- for area, column in areas.items() %}

    select
        item_key,
        '{{ area }}' as area,
        '' as path,
        {{ opened_json(area_text("previous_" ~ column, area)) }} as value_before,
        {{ opened_json(area_text(column, area)) }} as value_after

    from compared_states

    where {{ column }} is distinct from previous_{{ column }}
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

found as (

    {{ compared_levels('opened', levels, naming_keys) }}

),

-- A pair that differs in nothing but order has a row too, so that it is known.
comparisons as (

    select

        ---------- ids
        pairs.state_hash,
        pairs.compared_state_hash,

        ---------- strings
        found.area,
        found.path as property_path,

        ---------- payloads (JSON text)
        found.value_before,
        found.value_after

    from pairs

    left join found
        on pairs.item_key = found.item_key

)

select * from comparisons
