{#-
    json_scalars(json_text)

    The scalars of a JSON text at any depth, nulls left out, in order, each with the label that
    stands before it (`"bucketName":"logs"`, or `"logs"` in an array): an array of text, to be
    unnested and read by scalar_label and scalar_value. Labels of objects and arrays are among
    them, with a colon at their end.
-#}
{% macro json_scalars(json_text) -%}
    {%- set text = '"(?:[^"\\\\]|\\\\.)*"' -%}
    {%- set number = '-?[0-9][0-9.eE+-]*' -%}
    {{ return(all_matches(
        json_text,
        '(?:' ~ text ~ '\\s*:\\s*)?(?:' ~ text ~ '|' ~ number ~ '|true|false)(?:\\s*:)?'
    )) }}
{%- endmacro %}
