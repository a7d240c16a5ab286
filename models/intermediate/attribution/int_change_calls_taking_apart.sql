{{ config(materialized='ephemeral') }}

-- AWS gives an id to what joins two resources, such as an address's association. The call that joins
-- them tells it in its response; the one that takes them apart may name nothing else.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

open_values as (

    select
        change_id,
        resource_key,
        account_id,
        side,
        value_as_shown,
        is_neighbour,
        previous_seen_at,
        captured_at

    from {{ ref('int_change_open_values') }}

),

names as (

    select
        resource_key,
        account_id,
        name

    from {{ ref('int_resource_names') }}

    where is_unique_name

),

-- A part that has come, and the calls that tell its id. What is a resource of its own is no part.
joining as (

    select distinct
        open_values.change_id,
        open_values.resource_key,
        texts.event_key,
        open_values.side,
        open_values.previous_seen_at,
        open_values.captured_at

    from open_values

    left join names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name

    inner join {{ ref('int_write_texts') }} as texts
        on
            open_values.account_id = texts.account_id
            and open_values.value_as_shown = texts.value
            and texts.place = 'response'
            and texts.is_part_id

    where
        names.name is null
        and not open_values.is_neighbour
        and open_values.side = 'after'

),

-- A resource that has gone, and what it was joined by.
leaving as (

    select distinct
        open_values.change_id,
        open_values.resource_key,
        names.resource_key as neighbour_key,
        open_values.side,
        open_values.previous_seen_at,
        open_values.captured_at

    from open_values

    inner join names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name
            and open_values.side = 'before'

),

pairs as (

    select distinct
        resource_key,
        neighbour_key

    from leaving

),

joined as (

    select distinct
        pairs.resource_key,
        pairs.neighbour_key,
        own.event_key,
        own.account_id

    from pairs

    inner join {{ ref('int_resources_named_in_requests') }} as own
        on pairs.resource_key = own.resource_key

    inner join {{ ref('int_resources_named_in_requests') }} as neighbours
        on
            own.event_key = neighbours.event_key
            and pairs.neighbour_key = neighbours.resource_key

),

parts as (

    select distinct
        joined.resource_key,
        joined.neighbour_key,
        texts.account_id,
        texts.value as part

    from joined

    inner join {{ ref('int_write_texts') }} as texts
        on
            joined.event_key = texts.event_key
            and joined.account_id = texts.account_id
            and texts.place = 'response'
            and texts.is_part_id

    left join names
        on
            texts.account_id = names.account_id
            and texts.value = names.name

    where names.name is null

),

parting as (

    select distinct
        parts.resource_key,
        parts.neighbour_key,
        writes.event_key,
        writes.occurred_at

    from parts

    inner join {{ ref('int_write_texts') }} as texts
        on
            parts.account_id = texts.account_id
            and parts.part = texts.value
            and texts.place = 'request'
            and texts.is_part_id

    inner join {{ ref('int_writes') }} as writes
        on texts.event_key = writes.event_key

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and calls.effect in ('removes', 'deletes')

),

calls as (

    select
        joining.change_id,
        joining.resource_key,
        joining.event_key,
        joining.side,
        neighbours.resource_key as neighbour_key,
        neighbours.occurred_at,
        joining.previous_seen_at,
        joining.captured_at

    from joining

    inner join {{ ref('int_resources_named_in_requests') }} as neighbours
        on
            joining.event_key = neighbours.event_key
            and joining.resource_key <> neighbours.resource_key

    union all

    select
        leaving.change_id,
        leaving.resource_key,
        parting.event_key,
        leaving.side,
        leaving.neighbour_key,
        parting.occurred_at,
        leaving.previous_seen_at,
        leaving.captured_at

    from leaving

    inner join parting
        on
            leaving.resource_key = parting.resource_key
            and leaving.neighbour_key = parting.neighbour_key

),

taking_apart as (

    select distinct
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from calls

    where
        occurred_at <= captured_at + {{ slack }}
        and occurred_at > previous_seen_at

)

select * from taking_apart
