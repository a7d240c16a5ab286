{#-
    makes_something(event_name)

    Whether a call, by its name, makes a thing of its own.
-#}
{% macro makes_something(event_name) -%}
    {{ return(matches(event_name, '(Create|Run|Allocate|Register|Import|Copy|Launch|Restore).*')) }}
{%- endmacro %}
