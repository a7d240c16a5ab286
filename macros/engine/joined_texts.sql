{#-
    joined_texts(text, separator)

    An aggregate: the texts of a group, in their own order, with a separator between them; nulls are
    left out, and a group of nothing else gives null. `separator` is a Jinja string.
-#}
{% macro joined_texts(text, separator) -%}
    {{ return(adapter.dispatch('joined_texts', 'tarn')(text, dbt.escape_single_quotes(separator))) }}
{%- endmacro %}


{% macro default__joined_texts(text, separator) -%}
    {{ exceptions.raise_compiler_error("joined_texts: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__joined_texts(text, separator) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ text }} asc)
{%- endmacro %}


{% macro trino__joined_texts(text, separator) -%}
    nullif(
        array_join(array_agg({{ text }} order by {{ text }} asc), '{{ separator }}'), ''
    )
{%- endmacro %}


{% macro athena__joined_texts(text, separator) -%}
    {{ return(trino__joined_texts(text, separator)) }}
{%- endmacro %}
