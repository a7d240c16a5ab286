{#-
    bookkeeping_relation(name)

    The relation that remembers, between runs, which ledger rows are known (`known_batches`: as of
    the start of the newest run), which of them each model has processed (`processed_batches`), and
    of which versions of resources the changes have been judged (`judged_versions`).
-#}
{% macro bookkeeping_relation(name) -%}
    {{ return(api.Relation.create(
        database=target.database, schema="bookkeeping", identifier=name, type="table"
    )) }}
{%- endmacro %}
