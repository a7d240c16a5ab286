{#-
    unprocessed_batches(category, model)

    The `from` and `where` of a query over the known ledger rows of a category that this model, or
    the one that is named, has not processed yet.
-#}
{% macro unprocessed_batches(category, model=none) -%}
    from {{ bookkeeping_relation("known_batches") }} as known
    where
        category = '{{ category }}'
        and not exists (
            select 1
            from {{ bookkeeping_relation("processed_batches") }} as processed
            where
                processed.model = '{{ model or this.identifier }}'
                and processed.batch_id = known.batch_id
                and processed.category = known.category
        )
{%- endmacro %}
