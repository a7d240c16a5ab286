{#-
    fullest_first(columns)

    The order of several copies of one record, for `order by`: the most complete first, by these
    columns (a Jinja list of SQL); then by what they say and where they come from. A total order,
    the same whatever came first.
-#}
{% macro fullest_first(columns) -%}
    {{ filled_count(columns) }} desc,
    {{ row_hash(columns) }} asc,
    _source_object asc,
    _source_offset asc,
    _batch_id asc
{%- endmacro %}
