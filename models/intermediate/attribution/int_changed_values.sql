with

properties as (

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

    where not is_volatile

),

sides as (

    select
        change_id,
        area,
        property,
        difference,
        'after' as side,
        value_after as value

    from properties

    where value_after is not null

    union all

    select
        change_id,
        area,
        property,
        difference,
        'before' as side,
        value_before as value

    from properties

    where value_before is not null

),

scalars as (

    select
        sides.change_id,
        sides.area,
        sides.property,
        sides.difference,
        sides.side,
        parts.scalar

    from sides

    cross join unnest({{ json_scalars('sides.value') }}) as parts (scalar)

),

read as (

    select distinct
        change_id,
        area,
        property,
        difference,
        side,
        lower({{ rewritten(
            'coalesce(' ~ scalar_label('scalar') ~ ', ' ~ rewritten('property', '^.*\\.', '') ~ ')',
            '[^A-Za-z]', ''
        ) }}) as label,
        lower({{ scalar_value('scalar') }}) as value,
        {{ scalar_value('scalar') }} as value_as_shown

    from scalars

),

-- What stands on both sides has not changed.
changed_values as (

    select
        change_id,
        area,
        property,
        label,
        value,
        max(value_as_shown) as value_as_shown,
        max(side) as side,
        max(case when difference = 'removed' then 1 else 0 end) = 1 as is_removed

    from read

    where value is not null

    group by
        change_id,
        area,
        property,
        label,
        value

    having count(distinct side) = 1

)

select * from changed_values
