{#-
    json_value_text(json_text, steps)

    The value at a path of JSON held as text: a scalar bare, an object or array as compact JSON
    text; null for JSON null, for a path that leads nowhere and for a text that is no JSON.
    `steps` as in `json_path`. Of equal keys the first counts; `1.50` may come as `1.5`.
-#}
{% macro json_value_text(json_text, steps) -%}
    {{ return(adapter.dispatch('json_value_text', 'tarn')(json_text, steps)) }}
{%- endmacro %}


{% macro default__json_value_text(json_text, steps) -%}
    {{ exceptions.raise_compiler_error("json_value_text: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_value_text(json_text, steps) -%}
    try(json_extract_string(
        {{ mended_json(json_text, form="nested" if steps else "any") }}, {{ json_path(steps) }}
    ))
{%- endmacro %}


{% macro trino__json_value_text(json_text, steps) -%}
    {%- set json = mended_json(json_text) -%}
    {%- set path = json_path(steps) -%}
    coalesce(
        json_extract_scalar({{ json }}, {{ path }}),
        nullif(json_format(json_extract({{ json }}, {{ path }})), 'null')
    )
{%- endmacro %}


{% macro athena__json_value_text(json_text, steps) -%}
    {{ return(trino__json_value_text(json_text, steps)) }}
{%- endmacro %}
