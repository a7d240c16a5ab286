{#-
    mark_versions_judged()

    Post-hook of the last judging model: remembers the versions whose changes this run has judged, as
    they were, forgets what had spoken for them before, and notes that the events were considered of
    all batches that have been read by then. Only a run that has all judging models may say so.
-#}
{% macro mark_versions_judged() -%}
    {%- if (
        execute
        and kept_materialization() == "incremental"
        and _has_all_judging_models()
    ) -%}
        {%- set judged = bookkeeping_relation("judged_versions") -%}
        {%- set to_judge = relation_of("int_versions_to_judge") -%}
        {%- do run_query(
            "delete from " ~ judged ~ " where item_key in (select item_key from " ~ to_judge ~ ")"
        ) -%}
        {%- do run_query(
            "insert into " ~ judged ~ " select " ~ judged_columns() | join(", ") ~ " from "
            ~ to_judge ~ " where not is_gone"
        ) -%}
        {%- do run_query("delete from " ~ bookkeeping_relation("evidence_before")) -%}
        {%- set processed = bookkeeping_relation("processed_batches") %}
        insert into {{ processed }}
        select
            '{{ this.identifier }}',
            batch_id,
            category
        from {{ processed }}
        where
            model in ('int_writes', 'int_write_texts')
            and batch_id not in (
                select batch_id from {{ processed }} where model = '{{ this.identifier }}'
            )
        group by
            batch_id,
            category
        having count(distinct model) = 2
    {%- endif -%}
{%- endmacro %}
