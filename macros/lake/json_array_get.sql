{#-
    json_array_get(json_text, place)

    The element of a JSON array held as text: a scalar bare, nested values as compact JSON text.
    `place` is a Jinja integer, from 0, or from -1 at the end. Null out of range, for JSON null and
    for what is no array.

    Lake's function of that name gives a string without its quotes, and so does this.
-#}
{% macro json_array_get(json_text, place) -%}
    {{ return(adapter.dispatch('json_array_get', 'tarn')(json_text, place)) }}
{%- endmacro %}


{% macro default__json_array_get(json_text, place) -%}
    {{ exceptions.raise_compiler_error("json_array_get: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_array_get(json_text, place) -%}
    try(json_extract_string({{ mended_json(json_text, form="nested") }}, '$[{{ place }}]'))
{%- endmacro %}


{% macro trino__json_array_get(json_text, place) -%}
    {%- set elements -%}
        try(cast(json_parse({{ mended_json(json_text) }}) as array(json)))
    {%- endset -%}
    {%- set element -%}
        element_at({{ elements }}, {{ place + 1 if place >= 0 else place }})
    {%- endset -%}
    coalesce(json_extract_scalar({{ element }}, '$'), nullif(json_format({{ element }}), 'null'))
{%- endmacro %}


{% macro athena__json_array_get(json_text, place) -%}
    {{ return(trino__json_array_get(json_text, place)) }}
{%- endmacro %}
