{#-
    first_match(text, pattern)

    What the first group of a regular expression holds where it fits a text first; null where it
    does not fit. `pattern` is a Jinja string in the syntax that RE2 and Java share.
-#}
{% macro first_match(text, pattern) -%}
    {{ return(adapter.dispatch('first_match', 'tarn')(text, dbt.escape_single_quotes(pattern))) }}
{%- endmacro %}


{% macro default__first_match(text, pattern) -%}
    {{ exceptions.raise_compiler_error("first_match: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__first_match(text, pattern) -%}
    case
        when regexp_matches({{ text }}, '{{ pattern }}')
            then regexp_extract({{ text }}, '{{ pattern }}', 1)
    end
{%- endmacro %}


{% macro trino__first_match(text, pattern) -%}
    regexp_extract({{ text }}, '{{ pattern }}', 1)
{%- endmacro %}


{% macro athena__first_match(text, pattern) -%}
    {{ return(trino__first_match(text, pattern)) }}
{%- endmacro %}
