{#-
    is_json_scalar(json_text)

    Whether a JSON text is a string, number, boolean or null rather than an object or array; null
    for a text that is no JSON.
-#}
{% macro is_json_scalar(json_text) -%}
    {{ return(adapter.dispatch('is_json_scalar', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__is_json_scalar(json_text) -%}
    {{ exceptions.raise_compiler_error("is_json_scalar: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__is_json_scalar(json_text) -%}
    try(json_type({{ mended_json(json_text) }})) not in ('OBJECT', 'ARRAY')
{%- endmacro %}


{% macro trino__is_json_scalar(json_text) -%}
    try(is_json_scalar({{ mended_json(json_text) }}))
{%- endmacro %}


{% macro athena__is_json_scalar(json_text) -%}
    {{ return(trino__is_json_scalar(json_text)) }}
{%- endmacro %}
