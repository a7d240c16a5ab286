{#-
    matches(text, pattern)

    Whether the whole of a text fits a regular expression: a boolean, null for a null text.
    `pattern` is a Jinja string in the syntax that RE2 and Java share (no look-around).
-#}
{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches', 'tarn')(text, pattern)) }}
{%- endmacro %}


{% macro default__matches(text, pattern) -%}
    {{ exceptions.raise_compiler_error("matches: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__matches(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ dbt.escape_single_quotes(pattern) }}')
{%- endmacro %}


{% macro trino__matches(text, pattern) -%}
    regexp_like({{ text }}, '\A(?:{{ dbt.escape_single_quotes(pattern) }})\z')
{%- endmacro %}


{% macro athena__matches(text, pattern) -%}
    {{ return(trino__matches(text, pattern)) }}
{%- endmacro %}
