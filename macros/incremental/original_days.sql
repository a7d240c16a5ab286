{#-
    original_days(days)

    A Jinja list of the days of the events that an addendum on one of `days` changes, whichever
    store these landed in. Looks through all of landing, but only where such an addendum has
    landed: it may change an event of any day.
-#}
{% macro original_days(days) -%}
    {%- set with_addenda = addendum_days() | select("in", days) | list -%}
    {%- if not with_addenda -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set query -%}
        select distinct cast(event_date as {{ dbt.type_string() }}) as day
        from {{ ref("stg_cloudtrail__events") }}
        where event_key in (
            select original_event_key
            from {{ ref("stg_cloudtrail__events") }}
            where
                {{ on_landed_days('event_date', with_addenda) }}
                and original_event_key is not null
        )
        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
