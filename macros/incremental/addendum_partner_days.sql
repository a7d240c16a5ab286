{#-
    addendum_partner_days(days)

    The days of events that an addendum on one of `days` changes, and the days of addenda that
    change an event on one of `days`. No query at all while no addendum has landed.
-#}
{% macro addendum_partner_days(days) -%}
    {%- set with_addenda = addendum_days() -%}
    {%- if not days or not with_addenda -%}
        {{ return([]) }}
    {%- endif -%}
    {#- Only an addendum that is new itself can change an event on any day at all. -#}
    {%- set has_new_addenda = days | select("in", with_addenda) | list -%}
    {%- set query -%}
        with

        addenda as (

            select
                _store,
                event_date,
                original_event_key

            from {{ ref("stg_cloudtrail__events") }}

            where
                event_date in ({{ day_literals(with_addenda) }})
                and original_event_key is not null

        ),

        events as (

            select
                _store,
                event_date,
                event_key

            from {{ ref("stg_cloudtrail__events") }}

            where
                event_key in (select original_event_key from addenda)
                {%- if not has_new_addenda %}
                and event_date in ({{ day_literals(days) }})
                {%- endif %}

        ),

        pairs as (

            select
                addenda.event_date as addendum_date,
                events.event_date

            from addenda

            inner join events
                on
                    addenda._store = events._store
                    and addenda.original_event_key = events.event_key

        )

        select cast(event_date as {{ dbt.type_string() }}) as day
        from pairs
        where addendum_date in ({{ day_literals(days) }})

        union

        select cast(addendum_date as {{ dbt.type_string() }}) as day
        from pairs
        where event_date in ({{ day_literals(days) }})
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
