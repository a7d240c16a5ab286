{#-
    json_array_length(json_text)

    How many elements a JSON array held as text has; null for what is no array.
-#}
{% macro json_array_length(json_text) -%}
    {{ return(adapter.dispatch('json_array_length', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__json_array_length(json_text) -%}
    {{ exceptions.raise_compiler_error("json_array_length: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_array_length(json_text) -%}
    {%- set json = mended_json(json_text, form="nested") -%}
    case
        when try(json_type({{ json }})) = 'ARRAY'
            then cast(json_array_length({{ json }}) as bigint)
    end
{%- endmacro %}


{% macro trino__json_array_length(json_text) -%}
    json_array_length({{ mended_json(json_text) }})
{%- endmacro %}


{% macro athena__json_array_length(json_text) -%}
    {{ return(trino__json_array_length(json_text)) }}
{%- endmacro %}
