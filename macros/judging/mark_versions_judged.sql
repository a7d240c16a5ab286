{#-
    mark_versions_judged()

    Post-hook of the last judging model: remembers the versions whose changes this run has judged, as
    they were, and that the events of all known batches were considered. Only a run that has all
    judging models may say so.
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
            "delete from " ~ judged ~ " where resource_key in (select resource_key from "
            ~ to_judge ~ ")"
        ) -%}
        {%- do run_query(
            "insert into " ~ judged ~ " select " ~ judged_columns() | join(", ") ~ " from "
            ~ to_judge ~ " where item_key is not null"
        ) -%}
        {{ mark_batches_processed("cloudtrail_events") }}
    {%- endif -%}
{%- endmacro %}
