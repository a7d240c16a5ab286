{#-
    order_free(json_text)

    A text that is the same for every order of the arrays and the keys in a JSON text: its scalars
    with their labels, sorted, and those of each innermost object by themselves, so that values
    which change places between two objects are seen.
-#}
{% macro order_free(json_text) -%}
    {%- set text = '"(?:[^"\\\\]|\\\\.)*"' -%}
    {%- set scalar = text ~ '|-?[0-9][0-9.eE+-]*|true|false|null|[{][}]|[[]]' -%}
    {{ return(adapter.dispatch('order_free', 'tarn')(
        json_text, text ~ ':(?:' ~ scalar ~ ')?|' ~ scalar
    )) }}
{%- endmacro %}


{% macro default__order_free(json_text, pattern) -%}
    {{ exceptions.raise_compiler_error("order_free: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__order_free(json_text, pattern) -%}
    array_to_string(list_sort(regexp_extract_all({{ json_text }}, '{{ pattern }}')), ',')
    || '#'
    || array_to_string(list_sort([
        array_to_string(list_sort(regexp_extract_all(part, '{{ pattern }}')), ',')
        for part in regexp_extract_all({{ json_text }}, '\{[^{}]*\}')
    ]), ',')
{%- endmacro %}


{% macro trino__order_free(json_text, pattern) -%}
    array_join(array_sort(regexp_extract_all({{ json_text }}, '{{ pattern }}')), ',')
    || '#'
    || array_join(array_sort(transform(
        regexp_extract_all({{ json_text }}, '\{[^{}]*\}'),
        part -> array_join(array_sort(regexp_extract_all(part, '{{ pattern }}')), ',')
    )), ',')
{%- endmacro %}


{% macro athena__order_free(json_text, pattern) -%}
    {{ return(trino__order_free(json_text, pattern)) }}
{%- endmacro %}
