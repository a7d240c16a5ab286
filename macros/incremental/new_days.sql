{#-
    new_days(category, model)

    A Jinja list of the days (`YYYY-MM-DD`) on which batches that this model, or the one that is
    named, has not processed landed or removed records. Looked up before the model's SQL is made, so
    that the days stand in it as literals and engines read just those partitions.
-#}
{% macro new_days(category, model=none) -%}
    {%- set query -%}
        select distinct cast(day as {{ dbt.type_string() }}) as day
        {{ unprocessed_batches(category, model) }}
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
