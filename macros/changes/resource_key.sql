{#-
    resource_key(relation)

    The key of a configuration item's resource: account, region, type and id. `relation` is the
    alias of a relation of items, where the columns need one.
-#}
{% macro resource_key(relation="") -%}
    {%- set of = relation ~ "." if relation else "" -%}
    {{ return(
        of ~ "account_id || '|' || coalesce(" ~ of ~ "aws_region, '') || '|' || " ~ of
        ~ "resource_type || '|' || " ~ of ~ "resource_id"
    ) }}
{%- endmacro %}
