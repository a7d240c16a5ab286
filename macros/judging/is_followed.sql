{#-
    is_followed(change_id)

    A condition: whether this run finds anew what a change is put down to, with its neighbours'
    calls. True for all changes where all are judged anew.
-#}
{% macro is_followed(change_id) -%}
    {%- if not judges_some() -%}
        {{ return("true") }}
    {%- endif -%}
    {{ return(
        change_id ~ " in (select change_id from " ~ relation_of("int_changes_to_follow") ~ ")"
    ) }}
{%- endmacro %}
