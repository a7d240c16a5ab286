{#-
    note_new_batches()

    Run once, before any model: notes the ledger rows that are not known yet. Models look up what
    is new among the noted ones only, and mark just those as processed, so that a batch which is
    committed while dbt runs is wholly left to the next run.
-#}
{% macro note_new_batches() -%}
    {%- if execute and flags.INTROSPECT -%}
        {%- set known = bookkeeping_relation("known_batches") -%}
        {%- set processed = bookkeeping_relation("processed_batches") -%}
        {%- set text = dbt.type_string() -%}
        {%- do adapter.create_schema(known.without_identifier()) -%}
        {%- do run_query(
            "create table if not exists " ~ known ~ " (batch_id " ~ text ~ ", category " ~ text
            ~ ", store " ~ text ~ ", day date, change " ~ text ~ ", addenda_count bigint)"
        ) -%}
        {%- do run_query(
            "create table if not exists " ~ processed ~ " (model " ~ text ~ ", batch_id " ~ text
            ~ ", category " ~ text ~ ")"
        ) -%}
        {%- do run_query(
            "create table if not exists " ~ bookkeeping_relation("judged_versions") ~ " ("
            ~ judged_columns() | join(" " ~ text ~ ", ") ~ " " ~ text ~ ")"
        ) -%}
        {%- do run_query(
            "create table if not exists " ~ bookkeeping_relation("evidence_before") ~ " (change_id "
            ~ text ~ ", event_key " ~ text ~ ", occurred_at timestamp, found " ~ text ~ ")"
        ) -%}
        {%- do run_query(
            "create table if not exists " ~ bookkeeping_relation("changes_to_say") ~ " (model " ~ text
            ~ ", change_id " ~ text ~ ")"
        ) -%}
        {%- do run_query(
            "insert into " ~ known
            ~ " select batch_id, category, store, cast(day as date), change, addenda_count from "
            ~ source("landing", "ledger")
            ~ " as ledger where not exists (select 1 from " ~ known
            ~ " as known where known.batch_id = ledger.batch_id)"
        ) -%}
    {%- endif -%}
{%- endmacro %}
