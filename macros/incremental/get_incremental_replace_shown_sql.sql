{#-
    get_incremental_replace_shown_sql(arg_dict)

    The incremental strategy `replace_shown`: the rows of the resources that `is_shown_anew` make
    place for those that are made of their items now.
-#}
{% macro get_incremental_replace_shown_sql(arg_dict) -%}
    {%- set target = arg_dict["target_relation"] -%}
    {%- set columns = arg_dict["dest_columns"] | map(attribute="quoted") | join(", ") %}
    delete from {{ target }} where {{ is_shown_anew("resource_key") }};
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ arg_dict["temp_relation"] }};
{%- endmacro %}
