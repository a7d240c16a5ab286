{#-
    timestamp_of_words(text)

    A moment as Java prints it, `Jul 10, 2023 12:23:05 PM`, as a timestamp without zone; null for
    one that does not exist. Some services put their times into responses in that form.
-#}
{% macro timestamp_of_words(text) -%}
    {{ return(adapter.dispatch('timestamp_of_words', 'tarn')(text)) }}
{%- endmacro %}


{% macro default__timestamp_of_words(text) -%}
    {{ exceptions.raise_compiler_error("timestamp_of_words: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__timestamp_of_words(text) -%}
    try_strptime({{ text }}, '%b %d, %Y %I:%M:%S %p')
{%- endmacro %}


{% macro trino__timestamp_of_words(text) -%}
    try(cast(date_parse({{ text }}, '%b %e, %Y %h:%i:%s %p') as timestamp(6)))
{%- endmacro %}


{% macro athena__timestamp_of_words(text) -%}
    {{ return(trino__timestamp_of_words(text)) }}
{%- endmacro %}
