{#-
    destroys_something(event_name)

    Whether a call, by its name, deletes or ends what may be missed: wider than `ends_something`,
    which is about the resource that a call names.
-#}
{% macro destroys_something(event_name) -%}
    {{ return(matches(
        event_name, "(Delete|Terminate|Purge|Destroy).*|ScheduleKeyDeletion|CloseAccount|DisableKey"
    )) }}
{%- endmacro %}
