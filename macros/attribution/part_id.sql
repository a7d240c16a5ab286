{#-
    part_id()

    A pattern of the ids that AWS gives to parts of resources: eipassoc-0a1b2c3d4e5f67890, or an ARN
    that ends in a UUID.
-#}
{% macro part_id() -%}
    {{ return(
        "[a-z]+(-[a-z]+)*-[0-9a-f]{8,}|arn:.*[:/][0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    ) }}
{%- endmacro %}
