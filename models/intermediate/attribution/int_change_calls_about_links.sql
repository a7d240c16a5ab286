{{ config(materialized='ephemeral') }}

-- The neighbour changed too, in what it has to do with this resource, and that has its cause.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

neighbours as (

    select distinct
        open_values.change_id,
        open_values.resource_key,
        open_values.resource_id,
        open_values.side,
        open_values.previous_seen_at,
        open_values.captured_at,
        names.resource_key as neighbour_key

    from {{ ref('int_change_open_values') }} as open_values

    inner join {{ ref('int_resource_names') }} as names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name
            and names.is_unique_name
            and open_values.resource_key <> names.resource_key

),

neighbours_changes as (

    select
        neighbours.change_id,
        neighbours.resource_key,
        evidence.event_key,
        neighbours.side,
        neighbours.neighbour_key,
        neighbours.captured_at,
        case
            when changed.element_key = evidence.element_key then 2
            when changed.property = evidence.property then 1
            else 0
        end as nearness

    from neighbours

    inner join {{ ref('int_configuration_changes') }} as neighbour_changes
        on neighbours.neighbour_key = neighbour_changes.resource_key

    inner join {{ ref('int_changed_values') }} as changed
        on
            neighbour_changes.change_id = changed.change_id
            and neighbours.resource_id = changed.value_as_shown

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            changed.change_id = evidence.change_id
            and (changed.property = evidence.property or evidence.grade = 2)
            and evidence.occurred_at <= neighbours.captured_at + {{ slack }}
            and evidence.occurred_at > neighbours.previous_seen_at

    inner join {{ ref('int_change_modifying_causes') }} as causes
        on
            evidence.change_id = causes.change_id
            and evidence.event_key = causes.event_key

),

-- What a call gave the element that names this resource tells more than what it gave another.
compared as (

    select
        *,
        max(nearness) over (partition by change_id, neighbour_key, side) as best_nearness

    from neighbours_changes

),

nearest as (

    select distinct
        change_id,
        resource_key,
        event_key,
        side,
        neighbour_key,
        captured_at

    from compared

    where nearness = best_nearness

)

select * from nearest
