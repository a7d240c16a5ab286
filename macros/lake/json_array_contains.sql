{#-
    json_array_contains(json_text, value)

    Whether a JSON array held as text has the value among its elements; null for what is no array.
    `value` is a Jinja string, number or boolean, and of that type: neither the text '1' nor the
    number 1.0 is the number 1.

    Not what DuckDB's json_contains says, which looks into nested values too.
-#}
{% macro json_array_contains(json_text, value) -%}
    {{ return(adapter.dispatch('json_array_contains', 'tarn')(json_text, value)) }}
{%- endmacro %}


{% macro default__json_array_contains(json_text, value) -%}
    {{ exceptions.raise_compiler_error("json_array_contains: no version for " ~ target.type) }}
{%- endmacro %}


{#- The value as a SQL literal: a boolean is no number. -#}
{% macro _json_scalar_literal(value) -%}
    {{ return("'" ~ dbt.escape_single_quotes(value) ~ "'" if value is string
        else value | string | lower) }}
{%- endmacro %}


{% macro duckdb__json_array_contains(json_text, value) -%}
    {%- set json = mended_json(json_text, form="nested") -%}
    case
        when try(json_type({{ json }})) = 'ARRAY'
            then list_contains(
                cast(json_extract({{ json }}, '$[*]') as varchar[]),
                cast(to_json({{ _json_scalar_literal(value) }}) as varchar)
            )
    end
{%- endmacro %}


{% macro trino__json_array_contains(json_text, value) -%}
    json_array_contains({{ mended_json(json_text) }}, {{ _json_scalar_literal(value) }})
{%- endmacro %}


{% macro athena__json_array_contains(json_text, value) -%}
    {{ return(trino__json_array_contains(json_text, value)) }}
{%- endmacro %}
