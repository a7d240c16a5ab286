{#-
    common_labels()

    SQL texts of labels, in lower case, that so many parameters and properties have that a shared
    one says nothing.
-#}
{% macro common_labels() -%}
    'arn', 'enabled', 'id', 'key', 'mode', 'name', 'names', 'state', 'status', 'type', 'value',
    'values', 'version'
{%- endmacro %}
