with

properties as (

    select distinct
        item_key as change_id,
        area,
        case area
            when 'relationships' then 'relationships'
            else {{ rewritten('property_path', '\\[[^\\]]*\\]', '') }}
        end as property

    from {{ ref('int_configuration_property_changes') }}

    where not is_volatile

),

parted as (

    select
        *,
        split_part(property, '.', 1) as first_part,
        {{ rewritten('property', '^.*\\.', '') }} as last_part

    from properties

)

select * from parted
