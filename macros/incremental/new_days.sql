{#-
    new_days(category)

    A Jinja list of the days (`YYYY-MM-DD`) on which batches that this model has not processed
    landed or removed records. Looked up before the model's SQL is made, so that the days stand in
    it as literals and engines read just those partitions.
-#}
{% macro new_days(category) -%}
    {%- set query -%}
        select distinct cast(day as {{ dbt.type_string() }}) as day
        from {{ bookkeeping_relation("known_batches") }} as known
        where
            category = '{{ category }}'
            and not exists (
                select 1
                from {{ bookkeeping_relation("processed_batches") }} as processed
                where
                    processed.model = '{{ this.identifier }}'
                    and processed.batch_id = known.batch_id
                    and processed.category = known.category
            )
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
