{#-
    mark_batches_processed(category)

    Post-hook of an incremental model: remembers that every batch known in this run has gone into
    it. In the same transaction as the model's own change, where the engine has them.
-#}
{% macro mark_batches_processed(category) -%}
    insert into {{ bookkeeping_relation("processed_batches") }}
    select distinct
        '{{ this.identifier }}',
        batch_id,
        category
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
