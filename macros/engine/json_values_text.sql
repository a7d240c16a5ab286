{#-
    json_values_text(json_text, paths)

    The values at several paths of JSON held as text, an array of texts in the order of `paths`,
    each as json_value_text(json_text, steps) answers it; DuckDB reads the text once for all of
    them. `paths` is a Jinja list of lists of steps. Null, in DuckDB, for a text that is no JSON.
-#}
{% macro json_values_text(json_text, paths) -%}
    {{ return(adapter.dispatch('json_values_text', 'tarn')(json_text, paths)) }}
{%- endmacro %}


{% macro default__json_values_text(json_text, paths) -%}
    {{ exceptions.raise_compiler_error("json_values_text: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_values_text(json_text, paths) -%}
    try(json_extract_string({{ mended_json(json_text, form="nested") }}, [
        {%- for steps in paths %}{{ json_path(steps) }}{{ ", " if not loop.last }}{% endfor -%}
    ]))
{%- endmacro %}


{% macro trino__json_values_text(json_text, paths) -%}
    array[
        {%- for steps in paths %}{{ json_value_text(json_text, steps) }}{{ ", " if not loop.last }}
        {%- endfor -%}
    ]
{%- endmacro %}


{% macro athena__json_values_text(json_text, paths) -%}
    {{ return(trino__json_values_text(json_text, paths)) }}
{%- endmacro %}
