{#-
    is_to_be_said(change_id)

    A condition for a model of the strategy `replace_said`: whether something else may have to be
    said of a change than the model has said. True for all where it is made anew. What is to be said
    is known when `int_change_causes` has been made, so that the model comes after it.
-#}
{% macro is_to_be_said(change_id) -%}
    {%- do ref("int_change_causes") -%}
    {%- if is_incremental() -%}
        {{ change_id }} in (
            select change_id
            from {{ bookkeeping_relation("changes_to_say") }}
            where model = '{{ this.identifier }}'
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
