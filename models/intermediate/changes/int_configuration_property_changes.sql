with

found as (

    select
        states.item_key,
        states.resource_type,
        comparisons.area,
        comparisons.property_path as path,
        comparisons.value_before,
        comparisons.value_after

    from {{ ref('int_configuration_states') }} as states

    inner join {{ ref('int_configuration_comparisons') }} as comparisons
        on
            states.state_hash = comparisons.state_hash
            and states.compared_state_hash = comparisons.compared_state_hash

    where comparisons.area is not null

),

paths as (

    select distinct
        resource_type,
        area,
        path

    from found

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

    left join volatile_paths
        on
            found.resource_type = volatile_paths.resource_type
            and found.area = volatile_paths.area
            and found.path = volatile_paths.path

)

select * from property_changes
