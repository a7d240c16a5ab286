{#-
    The expression is true of every row; a null is not true.
-#}
{% test holds(model, expression) %}

    select *
    from {{ model }}
    where ({{ expression }}) is distinct from true

{% endtest %}
