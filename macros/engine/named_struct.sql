{#-
    named_struct(fields)

    A struct of named fields. `fields` is a Jinja list of (name, type, SQL); the types are Trino's,
    and every one of them holds in DuckDB too.
-#}
{% macro named_struct(fields) -%}
    {{ return(adapter.dispatch('named_struct', 'tarn')(fields)) }}
{%- endmacro %}


{% macro default__named_struct(fields) -%}
    {{ exceptions.raise_compiler_error("named_struct: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__named_struct(fields) -%}
    struct_pack(
        {%- for name, type, value in fields %}
        {{ name }} := {{ value }}{{ "," if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{% macro trino__named_struct(fields) -%}
    cast(
        row(
            {%- for name, type, value in fields %}
            {{ value }}{{ "," if not loop.last }}
            {%- endfor %}
        ) as row(
            {%- for name, type, value in fields %}
            {{ name }} {{ type }}{{ "," if not loop.last }}
            {%- endfor %}
        )
    )
{%- endmacro %}


{% macro athena__named_struct(fields) -%}
    {{ return(trino__named_struct(fields)) }}
{%- endmacro %}
