{#-
    mended_json(json_text, form='any')

    The JSON text without the escapes of half a character (`\ud800` without its other half), and
    else the text itself. AWS cuts long texts where it pleases, now and then in the middle of such
    a pair. To DuckDB the whole document is then no JSON; Trino reads it, and fails on writing it.

    `form='nested'`: null, in DuckDB, for a text that begins as neither object nor array. One
    error costs `try` a whole vector's speed, and additionalEventData may be a plain text.
-#}
{% macro mended_json(json_text, form='any') -%}
    {{ return(adapter.dispatch('mended_json', 'tarn')(json_text, form)) }}
{%- endmacro %}


{% macro default__mended_json(json_text, form) -%}
    {{ exceptions.raise_compiler_error("mended_json: no version for " ~ target.type) }}
{%- endmacro %}


{#- Escaped backslashes and whole pairs are met first, and stay; what is met alone goes. -#}
{% macro _without_lone_surrogates(json_text) -%}
    {%- set kept = "(\\\\\\\\|\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..)" -%}
    {{ return(rewritten(json_text, kept ~ "|\\\\u[dD][89a-fA-F]..", "$1")) }}
{%- endmacro %}


{% macro duckdb__mended_json(json_text, form) -%}
    {%- set begins_nested = "when regexp_matches(" ~ json_text ~ ", '^\\s*[{\\[]') then " -%}
    case when strpos({{ json_text }}, '\u') > 0 then {{ _without_lone_surrogates(json_text) }}
    {{ begins_nested if form == "nested" else "else " }}{{ json_text }} end
{%- endmacro %}


{% macro trino__mended_json(json_text, form) -%}
    case when strpos({{ json_text }}, '\u') > 0 then {{ _without_lone_surrogates(json_text) }}
    else {{ json_text }} end
{%- endmacro %}


{% macro athena__mended_json(json_text, form) -%}
    {{ return(trino__mended_json(json_text, form)) }}
{%- endmacro %}
