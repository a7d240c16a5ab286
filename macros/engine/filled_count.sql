{#-
    filled_count(columns)

    How many of the columns are not null: an integer. Says which of two copies of a record is the
    more complete one.
-#}
{% macro filled_count(columns) -%}
    (
        {%- for column in columns %}
        case when {{ column }} is null then 0 else 1 end{{ " +" if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
