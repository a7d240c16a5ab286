{#-
    ends_something(event_name)

    Whether a call, by its name, ends a thing.
-#}
{% macro ends_something(event_name) -%}
    {{ return(matches(event_name, '(Delete|Terminate|Release|Deregister|Remove|ScheduleKeyDeletion).*')) }}
{%- endmacro %}
