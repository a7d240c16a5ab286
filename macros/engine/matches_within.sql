{#-
    matches_within(text, pattern)

    Whether a regular expression fits a part of a text: a boolean, null where either is null.
    `pattern` is SQL, such as a parameter of a query; `matches` takes one that is known beforehand.
-#}
{% macro matches_within(text, pattern) -%}
    {{ return(adapter.dispatch('matches_within', 'tarn')(text, pattern)) }}
{%- endmacro %}


{% macro default__matches_within(text, pattern) -%}
    {{ exceptions.raise_compiler_error("matches_within: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__matches_within(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}


{% macro trino__matches_within(text, pattern) -%}
    regexp_like({{ text }}, {{ pattern }})
{%- endmacro %}


{% macro athena__matches_within(text, pattern) -%}
    {{ return(trino__matches_within(text, pattern)) }}
{%- endmacro %}
