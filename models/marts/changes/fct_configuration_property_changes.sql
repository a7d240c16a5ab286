{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_said',
    post_hook="{{ mark_changes_said() }}",
) }}

with

property_changes as (

    select

        ---------- ids
        changes.change_id,
        changes.account_id,
        changes.resource_id,

        ---------- strings
        changes.aws_region,
        changes.resource_type,
        changes.resource_name,
        properties.area,
        properties.property_path,
        properties.difference,

        ---------- payloads (JSON text)
        properties.value_before,
        properties.value_after,

        ---------- booleans
        properties.is_volatile,

        ---------- timestamps
        changes.captured_at

    from {{ ref('int_configuration_changes') }} as changes

    inner join {{ ref('int_configuration_property_changes') }} as properties
        on changes.change_id = properties.item_key

    where {{ is_to_be_said('changes.change_id') }}

)

select * from property_changes
