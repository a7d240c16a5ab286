{#-
    unprocessed_batches(category)

    The `from` and `where` of a query over the known ledger rows of a category that this model has
    not processed yet.
-#}
{% macro unprocessed_batches(category) -%}
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
{%- endmacro %}
