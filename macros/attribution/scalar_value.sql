{#-
    scalar_value(scalar)

    The value of one of the json_scalars as text, without quotes; what JSON escapes stays escaped.
    Null for the label of an object or an array.
-#}
{% macro scalar_value(scalar) -%}
    coalesce(
        {{ first_match(scalar, '^(?:"(?:[^"\\\\]|\\\\.)*"\\s*:\\s*)?"((?:[^"\\\\]|\\\\.)*)"$') }},
        {{ first_match(scalar, '(?:^|:\\s*)(-?[0-9][0-9.eE+-]*|true|false)$') }}
    )
{%- endmacro %}
