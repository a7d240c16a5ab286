{#-
    rewritten(text, pattern, form)

    The text with every part that fits a regular expression put into another form, in which `$1`
    stands for the first group. `pattern` and `form` are Jinja strings, the pattern in the syntax
    that RE2 and Java share. A text in which nothing fits comes back as it is.
-#}
{% macro rewritten(text, pattern, form) -%}
    {{ return(adapter.dispatch('rewritten', 'tarn')(
        text, dbt.escape_single_quotes(pattern), dbt.escape_single_quotes(form)
    )) }}
{%- endmacro %}


{% macro default__rewritten(text, pattern, form) -%}
    {{ exceptions.raise_compiler_error("rewritten: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__rewritten(text, pattern, form) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ form | replace("$", "\\") }}', 'g')
{%- endmacro %}


{% macro trino__rewritten(text, pattern, form) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ form }}')
{%- endmacro %}


{% macro athena__rewritten(text, pattern, form) -%}
    {{ return(trino__rewritten(text, pattern, form)) }}
{%- endmacro %}
