{#-
    json_text(text)

    A text as a JSON string, in quotes and escaped; null for a null text.
-#}
{% macro json_text(text) -%}
    {{ return(adapter.dispatch('json_text', 'tarn')(text)) }}
{%- endmacro %}


{% macro default__json_text(text) -%}
    {{ exceptions.raise_compiler_error("json_text: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_text(text) -%}
    case when {{ text }} is not null then cast(to_json({{ text }}) as varchar) end
{%- endmacro %}


{% macro trino__json_text(text) -%}
    json_format(cast({{ text }} as json))
{%- endmacro %}


{% macro athena__json_text(text) -%}
    {{ return(trino__json_text(text)) }}
{%- endmacro %}
