{#-
    new_days(category)

    A Jinja list of the days (`YYYY-MM-DD`) on which batches that this model has not processed
    landed or removed records. Looked up before the model's SQL is made, so that the days stand in
    it as literals and engines read just those partitions.
-#}
{% macro new_days(category) -%}
    {%- set query -%}
        select distinct cast(day as {{ dbt.type_string() }}) as day
        {{ unprocessed_batches(category) }}
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
