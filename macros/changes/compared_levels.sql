{#-
    compared_levels(pairs, levels, naming_keys)

    A query of the differences between pairs of JSON values, one level after the other as
    compared_level(level, naming_keys) compares it: item_key, area, path, value_before and
    value_after. `pairs` is a relation with these columns; what still differs after so many levels
    is answered whole. DuckDB goes as deep as the values do; for Trino, whose recursion takes no
    aggregates, each level is written out.
-#}
{% macro compared_levels(pairs, levels, naming_keys) -%}
    {{ return(adapter.dispatch('compared_levels', 'tarn')(pairs, levels, naming_keys)) }}
{%- endmacro %}


{% macro default__compared_levels(pairs, levels, naming_keys) -%}
    {{ exceptions.raise_compiler_error("compared_levels: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__compared_levels(pairs, levels, naming_keys) -%}
{%- set columns = "item_key, area, path, value_before, value_after" -%}
with recursive compared as (

    select {{ columns }}, 0 as depth, false as is_found

    from {{ pairs }}

    union all

    (

    with

    level_0 as (

        select *

        from compared

        where not is_found and depth < {{ levels }}

    ),

    deeper as (

        select max(depth) + 1 as depth

        from level_0

    ),

    {{ compared_level(0, naming_keys) }}

    select {{ columns }}, deeper.depth, true as is_found

    from emitted_0

    cross join deeper

    union all

    select {{ columns }}, deeper.depth, false as is_found

    from level_1

    cross join deeper

    )

)

select {{ columns }}

from compared

where is_found or depth = {{ levels }}
{%- endmacro %}


{% macro trino__compared_levels(pairs, levels, naming_keys) -%}
{%- set columns = "item_key, area, path, value_before, value_after" -%}
with

level_0 as (

    select {{ columns }}

    from {{ pairs }}

),
{%- for level in range(levels) %}

{{ compared_level(level, naming_keys) }}{{ "," if not loop.last }}
{%- endfor %}
{%- for level in range(levels) %}

select {{ columns }} from emitted_{{ level }}

union all
{%- endfor %}

select {{ columns }} from level_{{ levels }}
{%- endmacro %}


{% macro athena__compared_levels(pairs, levels, naming_keys) -%}
    {{ return(trino__compared_levels(pairs, levels, naming_keys)) }}
{%- endmacro %}
