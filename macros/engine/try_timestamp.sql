{#-
    try_timestamp(text)

    A text of the form `2022-11-21[T| ]10:20[:30[.123456]]` or `2022-11-21`, with or without a
    final `Z`, as a timestamp without zone in microseconds; null for a day or an hour that does
    not exist. Digits beyond microseconds are cut off. For `utc_timestamp` alone, which knows that
    the text is of that form: DuckDB's cast takes other forms too, and ignores an offset.
-#}
{% macro try_timestamp(text) -%}
    {{ return(adapter.dispatch('try_timestamp', 'tarn')(text)) }}
{%- endmacro %}


{% macro default__try_timestamp(text) -%}
    {{ exceptions.raise_compiler_error("try_timestamp: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__try_timestamp(text) -%}
    try_cast({{ text }} as timestamp)
{%- endmacro %}


{# Trino's cast takes neither `T` nor `Z`, and rounds the digits it has no place for. -#}
{% macro trino__try_timestamp(text) -%}
    try_cast(
        regexp_replace(
            replace(replace({{ text }}, 'T', ' '), 'Z', ''), '([.][0-9]{6})[0-9]+', '$1'
        ) as timestamp(6)
    )
{%- endmacro %}


{% macro athena__try_timestamp(text) -%}
    {{ return(trino__try_timestamp(text)) }}
{%- endmacro %}
