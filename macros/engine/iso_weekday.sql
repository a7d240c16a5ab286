{#-
    iso_weekday(moment)

    The day of the week of a date or timestamp: 1 for Monday to 7 for Sunday, a bigint. Lake's own
    day_of_week counts so; DuckDB's dayofweek begins with 0 for Sunday.
-#}
{% macro iso_weekday(moment) -%}
    {{ return(adapter.dispatch('iso_weekday', 'tarn')(moment)) }}
{%- endmacro %}


{% macro default__iso_weekday(moment) -%}
    {{ exceptions.raise_compiler_error("iso_weekday: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__iso_weekday(moment) -%}
    isodow({{ moment }})
{%- endmacro %}


{% macro trino__iso_weekday(moment) -%}
    day_of_week({{ moment }})
{%- endmacro %}


{% macro athena__iso_weekday(moment) -%}
    {{ return(trino__iso_weekday(moment)) }}
{%- endmacro %}
