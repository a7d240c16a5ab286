{#-
    text_member(json_text, name)

    The text that a member of a JSON object holds; null where it holds no text or is not there.
    `name` is a Jinja string.
-#}
{% macro text_member(json_text, name) -%}
    {{ return(adapter.dispatch('text_member', 'tarn')(json_text, name)) }}
{%- endmacro %}


{% macro default__text_member(json_text, name) -%}
    {{ exceptions.raise_compiler_error("text_member: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__text_member(json_text, name) -%}
    case
        when json_type({{ json_text }}, '$.{{ name }}') = 'VARCHAR'
            then json_extract_string({{ json_text }}, '$.{{ name }}')
    end
{%- endmacro %}


{% macro trino__text_member(json_text, name) -%}
    case
        when json_format(json_extract({{ json_text }}, '$.{{ name }}')) like '"%'
            then json_extract_scalar({{ json_text }}, '$.{{ name }}')
    end
{%- endmacro %}


{% macro athena__text_member(json_text, name) -%}
    {{ return(trino__text_member(json_text, name)) }}
{%- endmacro %}
