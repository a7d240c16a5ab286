{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
{%- set places = {
    'request': 'request_parameters', 'response': 'response_elements', 'resources': 'resources'
} %}
with

events as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and is_successful
        and coalesce(not is_read_only, true)
        and coalesce(event_category, 'Management') in ('Management', 'Data')
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

scalars as (

    {%- for place, column in places.items() %}

    select
        events.event_key,
        events.account_id,
        events.event_date,
        '{{ place }}' as place,
        parts.scalar

    from events

    cross join unnest({{ json_scalars('events.' ~ column) }}) as parts (scalar)
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

read as (

    select
        event_key,
        account_id,
        place,
        coalesce(
            {{ scalar_label('scalar') }},
            {{ first_match('scalar', '^"([A-Za-z]+)"\\s*:$') }}
        ) as label,
        {{ scalar_value('scalar') }} as value,
        event_date

    from scalars

),

-- No name of a resource is longer; documents are compared by what they are, not by their text.
short as (

    select distinct *

    from read

    where
        length(value) <= 2048
        or (value is null and label is not null and place = 'request')

)

select * from short
