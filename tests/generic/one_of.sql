{#-
    The column holds one of the values and is never null: dbt's accepted_values passes on null.
-#}
{% test one_of(model, column_name, values) %}

    select {{ column_name }}
    from {{ model }}
    where
        {{ column_name }} is null
        or {{ column_name }} not in (
            {%- for value in values %}
            '{{ value }}'{{ "," if not loop.last }}
            {%- endfor %}
        )

{% endtest %}
