{#-
    json_parse(json_text)

    A JSON text as the engine's own JSON value, to be cast to arrays and maps; null for a text that
    is no JSON. No column of a model is of that type (Hive has none): see `json_format`. Trino
    sorts the keys of objects, and keeps the last of equal ones.
-#}
{% macro json_parse(json_text) -%}
    {{ return(adapter.dispatch('json_parse', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__json_parse(json_text) -%}
    {{ exceptions.raise_compiler_error("json_parse: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_parse(json_text) -%}
    try_cast({{ mended_json(json_text) }} as json)
{%- endmacro %}


{% macro trino__json_parse(json_text) -%}
    try(json_parse({{ mended_json(json_text) }}))
{%- endmacro %}


{% macro athena__json_parse(json_text) -%}
    {{ return(trino__json_parse(json_text)) }}
{%- endmacro %}
