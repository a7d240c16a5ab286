{#-
    json_size(json_text, path)

    How many members the object, or elements the array at a path has; 0 for a scalar; null where the
    path leads nowhere and for a text that is no JSON. `path` as for `json_extract`.
-#}
{% macro json_size(json_text, path) -%}
    {{ return(adapter.dispatch('json_size', 'tarn')(json_text, path)) }}
{%- endmacro %}


{% macro default__json_size(json_text, path) -%}
    {{ exceptions.raise_compiler_error("json_size: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_size(json_text, path) -%}
    {%- set json = mended_json(json_text, form="any" if path == "$" else "nested") -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    {%- set type = "try(json_type(" ~ json ~ ", " ~ path ~ "))" -%}
    case
        when {{ type }} = 'ARRAY' then cast(json_array_length({{ json }}, {{ path }}) as bigint)
        when {{ type }} = 'OBJECT' then len(json_keys({{ json }}, {{ path }}))
        when {{ type }} is not null then 0
    end
{%- endmacro %}


{% macro trino__json_size(json_text, path) -%}
    {%- set path = json_path(json_path_steps(path)) -%}
    json_size({{ mended_json(json_text) }}, {{ path }})
{%- endmacro %}


{% macro athena__json_size(json_text, path) -%}
    {{ return(trino__json_size(json_text, path)) }}
{%- endmacro %}
