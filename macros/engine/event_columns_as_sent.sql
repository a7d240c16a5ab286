{#-
    event_columns_as_sent()

    For `landed_record`: the landed columns of an event that staging gives another name, and the
    expression that holds them as they were sent.
-#}
{% macro event_columns_as_sent() -%}
    {{ return({
        "event_time": "_event_time_sent",
        "read_only": "_read_only_sent",
        "management_event": "_management_event_sent",
        "recipient_account_id": "account_id",
    }) }}
{%- endmacro %}
