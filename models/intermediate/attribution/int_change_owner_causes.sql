{{ config(materialized='ephemeral') }}

-- A listener goes with its load balancer, a stage with its API, and shows no relationship with it:
-- the id or ARN of what it belongs to stands in its configuration, or begins its own ARN.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_unexplained_lives') }}

    -- Within the hour many things may be made of which one is this thing's: only where it tells
    -- when it was made can it be said to be made with another.
    where
        change_kind = 'deleted'
        or resource_created_at is not null

),

-- `Interface for NAT Gateway nat-0a1b2c3d` tells a name too.
shown_names as (

    select
        changes.change_id,
        parts.name

    from changes

    cross join unnest(
        {{ all_matches('changes.configuration', '[A-Za-z0-9@+=:/._-]+') }}
    ) as parts (name)

    {%- for parts_count in range(1, 4) %}

    union

    select
        change_id,
        {{ rewritten('resource_arn', '([/:][^/:]*){' ~ parts_count ~ '}$', '') }} as name

    from changes
    {%- endfor %}

),

-- Distinct before services are compared: of one service are many names.
called as (

    select distinct
        changes.change_id,
        names.resource_key as owner_key,
        names.event_source

    from shown_names

    inner join changes
        on shown_names.change_id = changes.change_id

    inner join {{ ref('int_resource_names') }} as names
        on
            changes.account_id = names.account_id
            and shown_names.name = names.name
            and names.is_unique_name
            and changes.resource_key <> names.resource_key

),

owners as (

    select distinct
        changes.change_id,
        changes.change_kind,
        changes.captured_at,
        coalesce(
            case when changes.change_kind = 'created' then changes.resource_created_at end,
            changes.captured_at
        ) + {{ slack }} as ended_by,
        coalesce(
            case when changes.change_kind = 'created' then changes.resource_created_at end - {{ slack }},
            changes.previous_seen_at - {{ slack }},
            changes.captured_at - {{ capture_lag }}
        ) as begun_at,
        called.owner_key

    from called

    inner join changes
        on called.change_id = changes.change_id

    inner join {{ ref('int_resource_names') }} as own
        on
            changes.resource_key = own.resource_key
            and called.event_source = own.event_source

),

-- What still uses a thing keeps that from being ended, unless it goes with it: the first call did
-- it. What was made last before this was made with it.
ranked as (

    select
        owners.change_id,
        events.event_key,
        owners.owner_key,
        row_number() over (
            partition by owners.change_id
            order by
                case when owners.change_kind = 'deleted' then events.occurred_at end asc,
                events.occurred_at desc,
                events.event_key asc,
                owners.owner_key asc
        ) as place

    from owners

    inner join {{ ref('int_events_resolved') }} as events
        on
            owners.owner_key = events.resource_key
            and events.is_of_service
            and events.is_subject
            and events.is_management_event
            and events.occurred_at <= owners.ended_by
            and events.occurred_at >= owners.begun_at

    inner join {{ ref('int_calls') }} as calls
        on
            events.event_source = calls.event_source
            and events.call_name = calls.call_name
            and not calls.is_tagging
            and calls.effect = case owners.change_kind when 'created' then 'creates' else 'deletes' end

),

causes as (

    select
        change_id,
        event_key,
        owner_key as neighbour_key

    from ranked

    where place = 1

)

select * from causes
