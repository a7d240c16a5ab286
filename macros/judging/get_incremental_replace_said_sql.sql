{#-
    get_incremental_replace_said_sql(arg_dict)

    The incremental strategy `replace_said`: the rows of changes that `note_changes_to_say` has noted
    for the model make place for what is to be said of them now: nothing, where one is no change any
    more.
-#}
{% macro get_incremental_replace_said_sql(arg_dict) -%}
    {%- set target = arg_dict["target_relation"] -%}
    {%- set columns = arg_dict["dest_columns"] | map(attribute="quoted") | join(", ") %}
    delete from {{ target }} where {{ is_to_be_said("change_id") }};
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ arg_dict["temp_relation"] }};
{%- endmacro %}
