{#-
    interval_seconds(seconds)

    An interval of that many seconds, to be added to a timestamp.
-#}
{% macro interval_seconds(seconds) -%}
    interval '{{ seconds }}' second
{%- endmacro %}
