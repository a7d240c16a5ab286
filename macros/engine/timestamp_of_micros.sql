{#-
    timestamp_of_micros(micros)

    Microseconds since 1970 (a bigint) as a timestamp without zone, UTC; null where out of range.
-#}
{% macro timestamp_of_micros(micros) -%}
    {{ return(adapter.dispatch('timestamp_of_micros', 'tarn')(micros)) }}
{%- endmacro %}


{% macro default__timestamp_of_micros(micros) -%}
    {{ exceptions.raise_compiler_error("timestamp_of_micros: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__timestamp_of_micros(micros) -%}
    try(make_timestamp({{ micros }}))
{%- endmacro %}


{% macro trino__timestamp_of_micros(micros) -%}
    try(cast(from_unixtime_nanos(({{ micros }}) * 1000) as timestamp(6)))
{%- endmacro %}


{% macro athena__timestamp_of_micros(micros) -%}
    {{ return(trino__timestamp_of_micros(micros)) }}
{%- endmacro %}
