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
    {{ unprocessed_batches(category) }}
{%- endmacro %}
