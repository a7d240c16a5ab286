{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
with

-- A creating call says so in its name; Lambda's carry the API's date: CreateFunction20150331.
events as (

    select
        event_key,
        event_id,
        account_id,
        aws_region,
        event_source,
        {{ rewritten('event_name', '20[0-9]{6}(v[0-9]+)?$', '') }} as event_name,
        user_identity,
        source_ip_address,
        user_agent,
        request_parameters,
        response_elements,
        occurred_at,
        event_date

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and is_successful
        and coalesce(not is_read_only, true)
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

seeded as (

    select
        event_source,
        event_name,
        resource_type

    from {{ ref('resource_creating_events') }}

),

creating as (

    select

        ---------- ids
        events.event_key,
        events.event_id,
        events.account_id,

        ---------- strings
        events.aws_region,
        events.event_source,
        events.event_name,
        -- What is made: the seed knows the type, else the name tells its last part.
        seeded.resource_type as seeded_resource_type,
        lower({{ rewritten('events.event_name', '^Create(Default)?', '') }}) as created_noun,
        events.source_ip_address,
        events.user_agent,
        {{ actor_columns('events.user_identity') }},

        ---------- payloads (JSON text)
        {{ without_tags('events.request_parameters') }} as untagged_request,
        {{ without_tags('events.response_elements') }} as untagged_response,

        ---------- timestamps
        events.occurred_at,
        events.event_date

    from events

    left join seeded
        on
            events.event_source = seeded.event_source
            and events.event_name = seeded.event_name

    where
        events.event_name like 'Create%'
        or seeded.resource_type is not null

)

select * from creating
