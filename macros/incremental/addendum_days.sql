{#-
    addendum_days()

    A Jinja list of the days on which records with an UPDATED_DATA addendum have landed, from the
    ledger. They are few: most addenda only say that a delivery was late.
-#}
{% macro addendum_days() -%}
    {%- if not execute or not flags.INTROSPECT -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set query -%}
        select distinct cast(day as {{ dbt.type_string() }}) as day
        from {{ bookkeeping_relation("known_batches") }}
        where
            category = 'cloudtrail_events'
            and addenda_count > 0
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
