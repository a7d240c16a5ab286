{#-
    on_landed_days(column, days)

    A condition: whether a landed row is of one of `days`, where `column` is the column of days by
    which landing is partitioned. DuckDB leaves out the files of other days by asking this once for
    each file, and takes as long for that as the condition has parts: a list is one.
-#}
{% macro on_landed_days(column, days) -%}
    {{ return(adapter.dispatch("on_landed_days", "tarn")(column, days)) }}
{%- endmacro %}


{% macro default__on_landed_days(column, days) -%}
    {{ exceptions.raise_compiler_error("on_landed_days: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__on_landed_days(column, days) -%}
    {{ return("list_contains(cast([" ~ day_literals(days) ~ "] as date[]), " ~ column ~ ")") }}
{%- endmacro %}


{% macro trino__on_landed_days(column, days) -%}
    {{ return(column ~ " in (" ~ day_literals(days) ~ ")") }}
{%- endmacro %}


{% macro athena__on_landed_days(column, days) -%}
    {{ return(trino__on_landed_days(column, days)) }}
{%- endmacro %}
