{#-
    touched_days(category)

    The days whose rows an incremental run of this model makes anew: those with new batches, and,
    for events, the days that share an event with them because an addendum of one day changes an
    event of another. A Jinja list; one impossible day where there is no server to ask.
-#}
{% macro touched_days(category) -%}
    {%- if not execute or not flags.INTROSPECT -%}
        {{ return(["1970-01-01"]) }}
    {%- endif -%}
    {%- set days = new_days(category) -%}
    {%- if category == "cloudtrail_events" -%}
        {%- set days = days + addendum_partner_days(days) -%}
    {%- endif -%}
    {{ return(days | unique | sort | list) }}
{%- endmacro %}
