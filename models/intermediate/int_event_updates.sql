{%- set fields = event_fields() -%}
{#- An addendum replaces what it names, but never what the event is known by. -#}
{%- set kept = ['eventID', 'eventTime', 'recipientAccountId'] %}

with

deliveries as (

    select
        *,
        ',' || replace(coalesce({{ element_at('addendum', 'updatedFields') }}, ''), ' ', '') || ','
            as updated_fields,
        row_number() over (
            partition by _store, coalesce(original_event_key, event_key)
            order by
                occurred_at asc,
                {{ row_hash(fields.values() | list) }} asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) as update_number

    from {{ ref('stg_cloudtrail__events') }}

    where
        is_update
        and event_date in ({{ day_literals(addendum_days()) }})

),

-- Several updates of one event: of each field the newest value counts.
newest_values as (

    select
        _store,
        coalesce(original_event_key, event_key) as updated_event_key,
        {%- for name, column in fields.items() if name not in kept %}
        max_by({{ column }}, update_number) filter (
            where updated_fields like '%,{{ name }},%' and {{ column }} is not null
        ) as new_{{ column }},
        {%- endfor %}
        max(update_number) as update_number

    from deliveries

    group by
        _store,
        coalesce(original_event_key, event_key)

),

newest_updates as (

    select
        deliveries.*,
        newest_values.updated_event_key,
        {%- for name, column in fields.items() if name not in kept %}
        newest_values.new_{{ column }}{{ "," if not loop.last }}
        {%- endfor %}

    from deliveries

    inner join newest_values
        on
            deliveries._store = newest_values._store
            and coalesce(deliveries.original_event_key, deliveries.event_key)
            = newest_values.updated_event_key
            and deliveries.update_number = newest_values.update_number

)

select * from newest_updates
