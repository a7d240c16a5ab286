{{ config(materialized='ephemeral') }}

{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_changes_to_follow') }}

    where
        change_kind in ('relationship_only', 'modified', 'created', 'deleted')
        and change_id not in (
            select change_id from {{ ref('int_change_life_causes') }}
        )
        and change_id not in (
            select change_id
            from {{ ref('int_change_evidence') }}
            where property = 'relationships' and grade = 2
        )

),

relationships as (

    select
        item_key as change_id,
        difference,
        coalesce(value_after, value_before) as relationship

    from {{ ref('int_configuration_property_changes') }}

    where
        area = 'relationships'
        and item_key in (select change_id from changes)

    union all

    -- A resource that came or went of itself came or went with one that it belongs to.
    select
        lives.change_id,
        case when lives.change_kind = 'deleted' then 'removed' else 'added' end as difference,
        parts.element as relationship

    from {{ ref('int_unexplained_lives') }} as lives

    cross join {{ elements_of(mended_json('lives.relationships')) }} as parts

),

-- Distinct before names are looked up: there are far fewer relations than names in an account.
relations as (

    select distinct
        changes.change_id,
        changes.resource_key,
        changes.account_id,
        changes.previous_seen_at,
        changes.captured_at,
        case when changes.change_kind = 'created' then changes.resource_created_at end as made_at,
        changes.change_kind,
        relationships.difference,
        {{ element_at('relationships.relationship', 'resourceType') }} as neighbour_type,
        coalesce(
            {{ element_at('relationships.relationship', 'resourceId') }},
            {{ element_at('relationships.relationship', 'resourceName') }}
        ) as neighbour_name

    from relationships

    inner join changes
        on relationships.change_id = changes.change_id

),

neighbours as (

    select distinct
        relations.change_id,
        relations.resource_key,
        relations.previous_seen_at,
        relations.captured_at,
        relations.made_at,
        relations.change_kind,
        relations.difference,
        names.resource_key as neighbour_key

    from relations

    inner join {{ ref('int_resource_names') }} as names
        on
            relations.account_id = names.account_id
            and relations.neighbour_type = names.resource_type
            and relations.neighbour_name = names.name

    union

    -- A route goes with the endpoint that it leads to: the part that went names it. What a call
    -- of the resource's own is about is gone by that.
    select distinct
        changes.change_id,
        changes.resource_key,
        changes.previous_seen_at,
        changes.captured_at,
        cast(null as timestamp) as made_at,
        changes.change_kind,
        'removed' as difference,
        names.resource_key as neighbour_key

    from changes

    inner join {{ ref('int_changed_values') }} as changed
        on
            changes.change_id = changed.change_id
            and changed.side = 'before'
            and changed.is_removed

    inner join {{ ref('int_resource_names') }} as names
        on
            changes.account_id = names.account_id
            and changed.value_as_shown = names.name
            and names.is_unique_name
            and changes.resource_key <> names.resource_key

    left join {{ ref('int_change_evidence') }} as evidence
        on
            changed.change_id = evidence.change_id
            and changed.property = evidence.property
            and evidence.grade > 0

    where evidence.change_id is null

),

births_and_ends as (

    select
        events.event_key,
        events.resource_key,
        events.occurred_at,
        events.call_name,
        lag(events.call_name) over resource_events as call_before,
        lag(events.occurred_at) over resource_events as before_at,
        case calls.effect when 'creates' then 'added' else 'removed' end as difference

    from {{ ref('int_events_resolved') }} as events

    inner join {{ ref('int_calls') }} as calls
        on
            events.event_source = calls.event_source
            and events.call_name = calls.call_name

    where
        events.resource_key in (select neighbour_key from neighbours)
        and events.is_of_service
        and events.is_subject
        and events.is_management_event
        and calls.effect in ('creates', 'deletes')
        and not calls.is_tagging

    window resource_events as (
        partition by events.resource_key
        order by events.occurred_at asc, events.event_key asc
    )

),

-- What is terminated again while it ends is not ended by that.
turning_points as (

    select *

    from births_and_ends

    where
        difference = 'added'
        or call_name is distinct from call_before
        or occurred_at > before_at + {{ capture_lag }}

),

-- A call that made or ended the neighbour, and one about the neighbour that names this resource
-- too: found by this resource's few calls, and not by all of its neighbour's.
found as (

    select
        neighbours.change_id,
        neighbours.resource_key,
        neighbours.neighbour_key,
        turning_points.event_key,
        turning_points.occurred_at,
        1 as is_fitting,
        0 as is_keeping

    from neighbours

    inner join turning_points
        on
            neighbours.neighbour_key = turning_points.resource_key
            and neighbours.difference = turning_points.difference
            and turning_points.occurred_at
            <= coalesce(neighbours.made_at, neighbours.captured_at) + {{ slack }}
            -- What is made with its neighbour is made when that is.
            and turning_points.occurred_at >= coalesce(
                neighbours.made_at - {{ slack }},
                neighbours.previous_seen_at - {{ slack }},
                neighbours.captured_at - {{ capture_lag }}
            )

    union

    select
        neighbours.change_id,
        neighbours.resource_key,
        neighbours.neighbour_key,
        events.event_key,
        events.occurred_at,
        case
            when neighbours.difference = 'added' and calls.effect in ('creates', 'adds') then 1
            when neighbours.difference = 'removed' and calls.effect in ('deletes', 'removes') then 1
            else 0
        end as is_fitting,
        case
            when
                neighbours.difference = 'removed'
                and calls.effect not in ('deletes', 'removes')
                and coalesce(lower(own.named_as) not like '%remove%', true)
                then 1
            else 0
        end as is_keeping

    from neighbours

    inner join {{ ref('int_events_resolved') }} as own
        on
            neighbours.resource_key = own.resource_key
            and neighbours.change_kind = 'relationship_only'
            and own.occurred_at <= neighbours.captured_at + {{ slack }}
            and (
                neighbours.previous_seen_at is null
                or own.occurred_at >= neighbours.previous_seen_at - {{ slack }}
            )

    inner join {{ ref('int_events_resolved') }} as events
        on
            own.event_key = events.event_key
            and neighbours.neighbour_key = events.resource_key
            and events.is_of_service

    inner join {{ ref('int_calls') }} as calls
        on
            events.event_source = calls.event_source
            and events.call_name = calls.call_name

    where
        not calls.is_tagging
        and events.is_management_event
        and not (neighbours.difference = 'removed' and calls.effect = 'creates')
        and not (neighbours.difference = 'added' and calls.effect = 'deletes')

),

-- The same request again changes nothing.
asked_first as (

    select
        found.*,
        writes.request_hash,
        lag(writes.request_hash) over (
            partition by found.change_id, found.neighbour_key
            order by found.occurred_at asc, found.event_key asc
        ) as previous_request_hash

    from found

    inner join {{ ref('int_writes') }} as writes
        on found.event_key = writes.event_key

),

calls as (

    select
        found.*,
        case when own.event_key is null then 0 else 1 end as names_both

    from asked_first as found

    left join {{ ref('int_events_resolved') }} as own
        on
            found.event_key = own.event_key
            and found.resource_key = own.resource_key

    where found.request_hash is distinct from found.previous_request_hash

),

-- A call that sets what a neighbour has to do with others, this resource among them, did not part
-- the two where another ended it.
ranked as (

    select
        *,
        row_number() over (
            partition by change_id, neighbour_key
            order by
                is_keeping asc,
                names_both desc,
                is_fitting desc,
                occurred_at desc,
                event_key asc
        ) as place

    from calls

),

causes as (

    select
        change_id,
        event_key,
        min(neighbour_key) as neighbour_key,
        max(names_both - is_keeping) = 1 as is_naming_both

    from ranked

    where place = 1

    group by
        change_id,
        event_key

)

select * from causes
