{#-
    judged_columns()

    What is remembered of a version that was judged, a dictionary of types by the columns' names: its
    keys, and what its judgement depends on.
-#}
{% macro judged_columns() -%}
    {%- set text = dbt.type_string() -%}
    {{ return({
        "item_key": text,
        "resource_key": text,
        "previous_item_key": text,
        "resource_arn": text,
        "state_hash": text,
        "compared_state_hash": text,
        "change_kind": text,
        "rules_hash": text,
        "is_previous_deleted": "boolean",
        "previous_seen_at": dbt.type_timestamp(),
    }) }}
{%- endmacro %}
