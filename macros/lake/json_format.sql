{#-
    json_format(json)

    The text of an engine's JSON value, such as `json_parse` gives; null for a null. Texts are
    compact in Trino, and as they came in DuckDB.
-#}
{% macro json_format(json) -%}
    {{ return(adapter.dispatch('json_format', 'tarn')(json)) }}
{%- endmacro %}


{% macro default__json_format(json) -%}
    {{ exceptions.raise_compiler_error("json_format: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_format(json) -%}
    cast({{ json }} as varchar)
{%- endmacro %}


{% macro trino__json_format(json) -%}
    json_format({{ json }})
{%- endmacro %}


{% macro athena__json_format(json) -%}
    {{ return(trino__json_format(json)) }}
{%- endmacro %}
