{#-
    hours_of_logs()

    How many hours of logs to either side of the hour in which a change was seen tell whether the
    logs of its place are here.
-#}
{% macro hours_of_logs() -%}
    {{ return(4 * 24) }}
{%- endmacro %}
