{#-
    generate_schema_name(custom_schema_name, node)

    The schema a model is built in: the target's own for what people read (marts, event data
    stores), and staging, intermediate, reference for the rest, without dbt's prefix, so that
    their names are the same in every engine.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
