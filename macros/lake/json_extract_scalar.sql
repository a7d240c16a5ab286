{#-
    json_extract_scalar(json_text, path)

    The string, number or boolean at a path of JSON held as text, bare; null for an object, an
    array, JSON null, a path that leads nowhere and a text that is no JSON. `path` is a Jinja
    string in the form of `json_path_steps`; of equal keys the first counts.

    DuckDB's nearest function gives objects and arrays as text. Only where an answer looks like one
    is its type looked up.
-#}
{% macro json_extract_scalar(json_text, path) -%}
    {{ return(adapter.dispatch('json_extract_scalar', 'tarn')(json_text, path)) }}
{%- endmacro %}


{% macro default__json_extract_scalar(json_text, path) -%}
    {{ exceptions.raise_compiler_error("json_extract_scalar: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_extract_scalar(json_text, path) -%}
    {%- set json = mended_json(json_text, form="any" if path == "$" else "nested") -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    {%- set value = "try(json_extract_string(" ~ json ~ ", " ~ path ~ "))" -%}
    case
        when
            (starts_with({{ value }}, '{') or starts_with({{ value }}, '['))
            and json_type({{ json }}, {{ path }}) in ('OBJECT', 'ARRAY')
            then null
        else {{ value }}
    end
{%- endmacro %}


{% macro trino__json_extract_scalar(json_text, path) -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    json_extract_scalar({{ mended_json(json_text) }}, {{ path }})
{%- endmacro %}


{% macro athena__json_extract_scalar(json_text, path) -%}
    {{ return(trino__json_extract_scalar(json_text, path)) }}
{%- endmacro %}
