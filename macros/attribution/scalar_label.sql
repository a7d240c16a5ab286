{#-
    scalar_label(scalar)

    The label of one of the json_scalars; null for an element of an array.
-#}
{% macro scalar_label(scalar) -%}
    {{ return(first_match(scalar, '^"((?:[^"\\\\]|\\\\.)*)"\\s*:\\s*[^\\s]')) }}
{%- endmacro %}
