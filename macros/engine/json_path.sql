{#-
    json_path(steps)

    A path into JSON as a SQL literal. `steps` is a Jinja list of keys (strings) and of places in
    arrays (integers from 0). Any key will do: empty, with quotes, dots, slashes, brackets.

    DuckDB's `$."key"` has no form for an empty key and reads `*` as a wildcard, hence its other
    form, the JSON pointer (RFC 6901).
-#}
{% macro json_path(steps) -%}
    {{ return(adapter.dispatch('json_path', 'tarn')(steps)) }}
{%- endmacro %}


{% macro default__json_path(steps) -%}
    {{ exceptions.raise_compiler_error("json_path: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_path(steps) -%}
    {%- set pointer = [] -%}
    {%- for step in steps -%}
        {%- do pointer.append("/" ~ step | string | replace("~", "~0") | replace("/", "~1")) -%}
    {%- endfor -%}
    '{{ dbt.escape_single_quotes((pointer | join) or "$") }}'
{%- endmacro %}


{% macro trino__json_path(steps) -%}
    {%- set path = ["$"] -%}
    {%- for step in steps -%}
        {%- if step is integer -%}
            {%- do path.append("[" ~ step ~ "]") -%}
        {%- else -%}
            {%- set key = step | replace("\\", "\\\\") | replace('"', '\\"') -%}
            {%- do path.append('["' ~ key ~ '"]') -%}
        {%- endif -%}
    {%- endfor -%}
    '{{ dbt.escape_single_quotes(path | join) }}'
{%- endmacro %}


{% macro athena__json_path(steps) -%}
    {{ return(trino__json_path(steps)) }}
{%- endmacro %}
