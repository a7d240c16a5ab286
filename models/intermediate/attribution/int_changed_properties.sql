{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_changes_to_judge'},
) }}

with

property_changes as (

    select
        item_key as change_id,
        area,
        property_path,
        case area
            when 'relationships' then 'relationships'
            else {{ rewritten('property_path', '\\[[^\\]]*\\]', '') }}
        end as property,
        difference,
        value_before,
        value_after

    from {{ ref('int_configuration_property_changes') }}

    where
        not is_volatile
        and item_key in (
            select change_id from {{ ref('int_changes_to_judge') }}
        )

),

properties as (

    select distinct

        ---------- ids
        change_id,

        ---------- strings
        area,
        property,
        -- An array may lose one element and get another: each has its own causes.
        {{ row_hash(['area', 'property_path', 'value_before', 'value_after']) }} as element_key,
        split_part(property, '.', 1) as first_part,
        {{ rewritten('property', '^.*\\.', '') }} as last_part,
        {{ first_match('property_path', '^.*\\[[A-Za-z]+=([^\\]]+)\\]') }} as element_name,
        {{ first_match('property_path', '^.*\\[([A-Za-z]+)=[^\\]]+\\]') }} as element_label,
        difference,

        ---------- payloads (JSON text)
        value_before,
        value_after,

        ---------- booleans
        property_path like '%]' as is_array_element

    from property_changes

)

select * from properties
