{#-
    json_extract(json_text, path)

    The value at a path of JSON held as text, as JSON text: a string in its quotes, JSON null as
    `null`. Null where the path leads nowhere and for a text that is no JSON. `path` is a Jinja
    string in the form of `json_path_steps`; of equal keys the first counts.
-#}
{% macro json_extract(json_text, path) -%}
    {{ return(adapter.dispatch('json_extract', 'tarn')(json_text, path)) }}
{%- endmacro %}


{% macro default__json_extract(json_text, path) -%}
    {{ exceptions.raise_compiler_error("json_extract: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_extract(json_text, path) -%}
    {%- set json = mended_json(json_text, form="any" if path == "$" else "nested") -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    try(cast(json_extract({{ json }}, {{ path }}) as varchar))
{%- endmacro %}


{% macro trino__json_extract(json_text, path) -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    json_format(json_extract({{ mended_json(json_text) }}, {{ path }}))
{%- endmacro %}


{% macro athena__json_extract(json_text, path) -%}
    {{ return(trino__json_extract(json_text, path)) }}
{%- endmacro %}
