{#-
    element_at(container, key, form=none)

    What a container holds under `key`, null where it holds nothing there:

    * `form='json'`, meant by a string key: an object held as JSON text. Scalars come bare, nested
      values as compact JSON text, JSON null as null. A text that is no JSON answers null. Of two
      equal keys the first counts, as for json_extract_scalar in both engines.
    * `form='map'`: a typed map, as in the event data stores.
    * `form='array'`, meant by an integer key: a typed array, counted from 1, or from -1 at its end.

    `key` is a Jinja value, quoted here and never by the caller. Stands in for Lake's element_at:
    DuckDB's own function of that name answers a list, and its JSON functions raise on bad text.
-#}
{% macro element_at(container, key, form=none) -%}
    {%- set form = form or ("array" if key is integer else "json") -%}
    {%- if form not in ("json", "map", "array") or (form == "array") != (key is integer)
            or (form == "array" and key == 0) -%}
        {{ exceptions.raise_compiler_error(
            "element_at: the key " ~ key ~ " does not go with the form '" ~ form ~ "'"
        ) }}
    {%- endif -%}
    {%- if form == "json" -%}
        {{ return(json_value_text(container, [key])) }}
    {%- endif -%}
    {{ return(adapter.dispatch('element_at', 'tarn')(container, key)) }}
{%- endmacro %}


{% macro default__element_at(container, key) -%}
    {{ exceptions.raise_compiler_error("element_at: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__element_at(container, key) -%}
    {%- set key = key if key is integer else "'" ~ dbt.escape_single_quotes(key) ~ "'" -%}
    ({{ container }})[{{ key }}]
{%- endmacro %}


{% macro trino__element_at(container, key) -%}
    {%- set key = key if key is integer else "'" ~ dbt.escape_single_quotes(key) ~ "'" -%}
    element_at({{ container }}, {{ key }})
{%- endmacro %}


{% macro athena__element_at(container, key) -%}
    {{ return(trino__element_at(container, key)) }}
{%- endmacro %}
