{#-
    compared_level(level, naming_keys)

    The common table expressions that compare one level of pairs of JSON values, `level_<n>` with
    item_key, area, path, value_before and value_after (JSON text, both there and different):
    `emitted_<n>`, what differs here, and `level_<n + 1>`, the pairs to be compared further.
    Elements of arrays are matched by the first of `naming_keys` that all of them have and that is
    unique on both sides, else as a multiset.
-#}
{% macro compared_level(level, naming_keys) -%}
{%- set key = "item_key, area, path" -%}
members_{{ level }} as (

    select
        coalesce(one.item_key, other.item_key) as item_key,
        coalesce(one.area, other.area) as area,
        coalesce(one.path, other.path) as path,
        {{ opened_json("one.value") }} as value_before,
        {{ opened_json("other.value") }} as value_after

    from (
        select
            item_key,
            area,
            {{ member_path("path", "area", "members.name") }} as path,
            members.value

        from level_{{ level }}

        cross join {{ members_of("level_" ~ level ~ ".value_before") }} as members

        where substr(value_before, 1, 1) = '{' and substr(value_after, 1, 1) = '{'
    ) as one

    full outer join (
        select
            item_key,
            area,
            {{ member_path("path", "area", "members.name") }} as path,
            members.value

        from level_{{ level }}

        cross join {{ members_of("level_" ~ level ~ ".value_after") }} as members

        where substr(value_before, 1, 1) = '{' and substr(value_after, 1, 1) = '{'
    ) as other
        on
            one.item_key = other.item_key
            and one.area = other.area
            and one.path = other.path

    where one.value is distinct from other.value

),

elements_{{ level }} as (

    {%- for side in ["before", "after"] %}

    select
        {{ key }},
        '{{ side }}' as side,
        parts.element

    from level_{{ level }}

    cross join {{ elements_of("level_" ~ level ~ ".value_" ~ side) }} as parts

    where substr(value_before, 1, 1) = '[' and substr(value_after, 1, 1) = '['
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

naming_{{ level }} as (

    select
        {{ key }},
        case
            {%- for name in naming_keys %}
            {%- set value = "case when area <> 'relationships' then " ~ text_member("element", name) ~ " end" %}
            when
                count({{ value }}) = count(*)
                and count(distinct case when side = 'before' then {{ value }} end)
                + count(distinct case when side = 'after' then {{ value }} end) = count(*)
                then '{{ name }}'
            {%- endfor %}
        end as naming_key

    from elements_{{ level }}

    group by {{ key }}

),

named_{{ level }} as (

    select
        elements.item_key,
        elements.area,
        elements.path || '[' || naming.naming_key || '=' || case naming.naming_key
            {%- for name in naming_keys %}
            when '{{ name }}' then {{ text_member("elements.element", name) }}
            {%- endfor %}
        end || ']' as path,
        max(case when elements.side = 'before' then elements.element end) as value_before,
        max(case when elements.side = 'after' then elements.element end) as value_after

    from elements_{{ level }} as elements

    inner join naming_{{ level }} as naming
        on
            elements.item_key = naming.item_key
            and elements.area = naming.area
            and elements.path = naming.path
            and naming.naming_key is not null

    group by
        1,
        2,
        3

),

-- Most elements are on both sides letter for letter, and not looked into.
unequal_{{ level }} as (

    select
        {{ key }},
        element

    from elements_{{ level }}

    group by
        {{ key }},
        element

    having
        sum(case when side = 'before' then 1 else 0 end)
        <> sum(case when side = 'after' then 1 else 0 end)

),

leftover_{{ level }} as (

    select
        elements.*,
        {{ order_free("elements.element") }} as content

    from elements_{{ level }} as elements

    inner join naming_{{ level }} as naming
        on
            elements.item_key = naming.item_key
            and elements.area = naming.area
            and elements.path = naming.path
            and naming.naming_key is null

    inner join unequal_{{ level }} as unequal
        on
            elements.item_key = unequal.item_key
            and elements.area = unequal.area
            and elements.path = unequal.path
            and elements.element = unequal.element

),

numbered_{{ level }} as (

    select
        *,
        row_number() over (
            partition by {{ key }}, side, content
            order by element asc
        ) as copy_number

    from leftover_{{ level }}

),

emitted_{{ level }} as (

    select {{ key }}, value_before, value_after

    from members_{{ level }}

    where value_before is null or value_after is null

    union all

    select {{ key }}, value_before, value_after

    from named_{{ level }}

    where value_before is null or value_after is null

    union all

    select
        item_key,
        area,
        path || '[]' as path,
        max(case when side = 'before' then element end) as value_before,
        max(case when side = 'after' then element end) as value_after

    from numbered_{{ level }}

    group by
        item_key,
        area,
        path,
        content,
        copy_number

    having count(*) = 1

    union all

    -- A scalar is the same in quotes and without: the API writes texts for booleans and numbers.
    select {{ key }}, value_before, value_after

    from level_{{ level }}

    where
        not (substr(value_before, 1, 1) = '{' and substr(value_after, 1, 1) = '{')
        and not (substr(value_before, 1, 1) = '[' and substr(value_after, 1, 1) = '[')
        and trim(value_before, '"') <> trim(value_after, '"')

),

level_{{ level + 1 }} as (

    select {{ key }}, value_before, value_after

    from members_{{ level }}

    where value_before is not null and value_after is not null

    union all

    select {{ key }}, value_before, value_after

    from named_{{ level }}

    where value_before <> value_after

)
{%- endmacro %}
