{#-
    area_text(json_text, area)

    One area of an item as JSON text, in the form of the delivered files: what is missing is empty,
    and a relationship is called `name`, which the API calls `relationshipName`.
-#}
{% macro area_text(json_text, area) -%}
    {%- if area == 'relationships' -%}
        replace(coalesce({{ json_text }}, '[]'), '"relationshipName":', '"name":')
    {%- else -%}
        coalesce({{ json_text }}, '{}')
    {%- endif -%}
{%- endmacro %}
