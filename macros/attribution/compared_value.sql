{#-
    compared_value(value)

    A value as it is compared with what another record tells: in lower case, and a number without
    the zeros that some services add (`75.0` and 75).
-#}
{% macro compared_value(value) -%}
    lower({{ rewritten(value, '^(-?[0-9]+)\\.0+$', '$1') }})
{%- endmacro %}
