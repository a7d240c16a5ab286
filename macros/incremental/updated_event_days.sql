{#-
    updated_event_days(days)

    A Jinja list of the days on which deliveries lie, originals or addenda in any store, of those
    events that have one on one of `days` and that an addendum changes.
-#}
{% macro updated_event_days(days) -%}
    {%- set query -%}
        select distinct cast(event_date as {{ dbt.type_string() }}) as day
        from {{ ref("int_updated_event_deliveries") }}
        where updated_event_key in (
            select updated_event_key
            from {{ ref("int_updated_event_deliveries") }}
            where event_date in ({{ day_literals(days) }})
        )
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
