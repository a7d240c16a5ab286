{#-
    day_literals(days)

    Days as a list of SQL date literals; a null date for no days, so that `in` is never true.
-#}
{% macro day_literals(days) -%}
    {%- for day in days -%}
        date '{{ day }}'{{ ", " if not loop.last }}
    {%- else -%}
        cast(null as date)
    {%- endfor -%}
{%- endmacro %}
