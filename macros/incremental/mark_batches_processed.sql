{#-
    mark_batches_processed(category)

    Post-hook of an incremental model: remembers that every batch known in this run has gone into
    it, in the same transaction as the model's own change, where the engine has them. Of a model
    that reads another of the same category, every batch which has gone into that: a run may have
    left that out.
-#}
{% macro mark_batches_processed(category) -%}
    {%- set processed = bookkeeping_relation("processed_batches") %}
    insert into {{ processed }}
    select distinct
        '{{ this.identifier }}',
        batch_id,
        category
    {{ unprocessed_batches(category) }}
    {%- for read in _models_read(category) %}
        and batch_id in (
            select batch_id
            from {{ processed }}
            where
                model = '{{ read }}'
                and category = '{{ category }}'
        )
    {%- endfor %}
{%- endmacro %}


{#- The models that this one reads and that batches of the category go into, a list of tables. -#}
{% macro _models_read(category) -%}
    {%- set read = [] -%}
    {%- for id in model.depends_on.nodes if execute and id in graph.nodes -%}
        {%- set node = graph.nodes[id] -%}
        {%- if (node.config.meta or {}).get("category") == category -%}
            {%- do read.append(node.alias) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(read) }}
{%- endmacro %}
