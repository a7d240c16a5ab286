{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_changes_to_judge'},
) }}

with

properties as (

    select *

    from {{ ref('int_changed_properties') }}

    where
        change_id in (
            select change_id from {{ ref('int_changes_to_judge') }}
        )

),

sides as (

    select
        change_id,
        area,
        property,
        element_key,
        false as is_removed,
        'after' as side,
        value_after as value

    from properties

    where value_after is not null

    union all

    select
        change_id,
        area,
        property,
        element_key,
        difference = 'removed' or value_after = 'null' as is_removed,
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
        sides.element_key,
        sides.is_removed,
        sides.side,
        parts.scalar

    from sides

    cross join unnest({{ json_scalars('sides.value') }}) as parts (scalar)

),

-- Policies stand as texts that hold JSON, URL-encoded, in what came or went as a whole.
documents as (

    select
        change_id,
        area,
        property,
        element_key,
        is_removed,
        side,
        {{ opened_json("'\"' || " ~ scalar_value('scalar') ~ " || '\"'") }} as document

    from scalars

    where
        strpos({{ scalar_value('scalar') }}, '%7B') = 1
        or strpos({{ scalar_value('scalar') }}, '{') = 1

),

all_scalars as (

    select *

    from scalars

    union all

    select
        documents.change_id,
        documents.area,
        documents.property,
        documents.element_key,
        documents.is_removed,
        documents.side,
        parts.scalar

    from documents

    cross join unnest({{ json_scalars('documents.document') }}) as parts (scalar)

),

read as (

    select distinct
        change_id,
        area,
        property,
        element_key,
        is_removed,
        side,
        lower({{ rewritten(
            'coalesce(' ~ scalar_label('scalar') ~ ', ' ~ rewritten('property', '^.*\\.', '') ~ ')',
            '[^A-Za-z]', ''
        ) }}) as label,
        {{ compared_value(scalar_value('scalar')) }} as value,
        {{ scalar_value('scalar') }} as value_as_shown

    from all_scalars

),

-- What stands on both sides of a property has not changed.
one_sided as (

    select
        change_id,
        area,
        property,
        label,
        value

    from read

    where value is not null

    group by
        change_id,
        area,
        property,
        label,
        value

    having count(distinct side) = 1

),

changed_values as (

    select
        read.change_id,
        read.area,
        read.property,
        read.element_key,
        read.label,
        read.value,
        max(read.value_as_shown) as value_as_shown,
        max(read.side) as side,
        max(case when read.is_removed then 1 else 0 end) = 1 as is_removed

    from read

    inner join one_sided
        on
            read.change_id = one_sided.change_id
            and read.area = one_sided.area
            and read.property = one_sided.property
            and read.label = one_sided.label
            and read.value = one_sided.value

    group by
        read.change_id,
        read.area,
        read.property,
        read.element_key,
        read.label,
        read.value

)

select * from changed_values
