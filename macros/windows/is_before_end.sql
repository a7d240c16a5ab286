{#-
    is_before_end(moment, ends_at)

    Whether a moment, SQL of a timestamp, lies before an end that may never come (null): one
    comparison, for an `or` in a join makes engines compare every row with every row.
-#}
{% macro is_before_end(moment, ends_at) -%}
    {{ moment }} < coalesce({{ ends_at }}, timestamp '9999-12-31 00:00:00')
{%- endmacro %}
