{#-
    bookkeeping_relation(name)

    The relation that remembers, between runs, which ledger rows are known (`known_batches`: as of
    the start of the newest run), which of them each model has processed (`processed_batches`), of
    which versions of resources the changes have been judged (`judged_versions`), what spoke for those
    that are judged anew (`evidence_before`), and of which changes each model has to say something else
    than before (`changes_to_say`).
-#}
{% macro bookkeeping_relation(name) -%}
    {{ return(api.Relation.create(
        database=target.database, schema="bookkeeping", identifier=name, type="table"
    )) }}
{%- endmacro %}
