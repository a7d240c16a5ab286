{{ config(materialized='ephemeral') }}

-- Calls that are about a neighbour and do not name this resource: an instance's call changes its
-- network interface, and the security group that it leaves.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_configuration_changes') }}

    where
        change_kind in ('modified', 'relationship_only')
        and previous_seen_at is not null

),

explained as (

    select distinct
        change_id,
        element_key

    from {{ ref('int_change_evidence') }}

    where grade = 2

),

-- What came or went and no call that names the resource asked for.
open_values as (

    select distinct
        changes.change_id,
        changes.resource_key,
        changes.resource_id,
        changes.account_id,
        changes.previous_seen_at,
        changes.captured_at,
        changed.side,
        changed.value_as_shown

    from {{ ref('int_changed_values') }} as changed

    inner join changes
        on changed.change_id = changes.change_id

    left join explained
        on
            changed.change_id = explained.change_id
            and changed.element_key = explained.element_key

    where
        explained.element_key is null
        and length(changed.value_as_shown) > 4

),

neighbours as (

    select distinct
        open_values.*,
        names.resource_key as neighbour_key

    from open_values

    inner join {{ ref('int_resource_names') }} as names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name
            and names.is_unique_name
            and open_values.resource_key <> names.resource_key

),

-- The neighbour changed too, in what it has to do with this resource, and that has its cause.
neighbours_changes as (

    select
        neighbours.change_id,
        evidence.event_key,
        neighbours.side,
        neighbours.neighbour_key,
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
shared as (

    select
        change_id,
        event_key,
        side,
        neighbour_key,
        nearness,
        max(nearness) over (partition by change_id, neighbour_key, side) as best_nearness

    from neighbours_changes

),

unique_names as (

    select
        resource_key,
        account_id,
        name

    from {{ ref('int_resource_names') }}

    where is_unique_name

),

-- What came or went is a resource.
open_resources as (

    select distinct
        open_values.change_id,
        open_values.resource_key,
        open_values.previous_seen_at,
        open_values.captured_at,
        open_values.side,
        names.resource_key as passed_key

    from open_values

    inner join unique_names as names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name

),

named_in_requests as (

    select
        event_key,
        resource_key,
        is_of_service,
        occurred_at

    from {{ ref('int_events_resolved') }}

    where
        is_in_request
        and is_uniquely_named

),

-- Each step is distinct before the next: few calls pass something on, but many changes are about it.
given_to_neighbours as (

    select distinct
        given.event_key,
        given.resource_key as passed_key,
        called.resource_key as neighbour_key,
        called.occurred_at

    from named_in_requests as given

    inner join named_in_requests as called
        on
            given.event_key = called.event_key
            and given.resource_key <> called.resource_key
            and called.is_of_service

    where given.resource_key in (select passed_key from open_resources)

),

taken_from_neighbours as (

    select distinct
        evidence.event_key,
        taken.resource_key as passed_key,
        neighbour_changes.resource_key as neighbour_key,
        evidence.occurred_at

    from {{ ref('int_changed_values') }} as changed

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            changed.change_id = evidence.change_id
            and changed.element_key = evidence.element_key
            and evidence.grade >= 1

    inner join {{ ref('int_configuration_changes') }} as neighbour_changes
        on changed.change_id = neighbour_changes.change_id

    inner join unique_names as taken
        on
            neighbour_changes.account_id = taken.account_id
            and changed.value_as_shown = taken.name

    where
        changed.side = 'before'
        and taken.resource_key in (select passed_key from open_resources)

),

passed as (

    select
        *,
        'after' as side

    from given_to_neighbours

    union all

    select
        *,
        'before' as side

    from taken_from_neighbours

),

-- The call names a neighbour, and gives it what came to this resource; or a neighbour lost the same
-- as this resource, by a call that says what it shall have.
passed_on as (

    select distinct
        open_resources.change_id,
        passed.event_key,
        passed.side,
        passed.neighbour_key

    from open_resources

    inner join passed
        on
            open_resources.passed_key = passed.passed_key
            and open_resources.side = passed.side
            and open_resources.resource_key <> passed.neighbour_key
            and passed.occurred_at <= open_resources.captured_at + {{ slack }}
            and passed.occurred_at > open_resources.previous_seen_at

),

passed_on_by_neighbours as (

    select
        passed_on.change_id,
        passed_on.event_key,
        passed_on.side,
        passed_on.neighbour_key

    from passed_on

    inner join {{ ref('int_version_contents') }} as versions
        on passed_on.change_id = versions.item_key

    inner join {{ ref('int_resource_names') }} as names
        on
            passed_on.neighbour_key = names.resource_key
            and strpos(versions.relationships, '"' || names.name || '"') > 0

),

-- A neighbour changed in a property of this name from the same to the same: a cluster's setting is
-- its instances'.
unexplained as (

    select
        changes.change_id,
        changes.resource_key,
        changes.account_id,
        changes.previous_seen_at,
        changes.captured_at,
        properties.last_part,
        properties.value_before,
        properties.value_after

    from changes

    inner join {{ ref('int_changed_properties') }} as properties
        on
            changes.change_id = properties.change_id
            and properties.difference = 'changed'

    left join {{ ref('int_change_evidence') }} as evidence
        on
            properties.change_id = evidence.change_id
            and properties.element_key = evidence.element_key
            and evidence.grade > 0

    where evidence.change_id is null

),

relations as (

    select distinct
        versions.item_key as change_id,
        {{ element_at('parts.element', 'resourceType') }} as neighbour_type,
        coalesce(
            {{ element_at('parts.element', 'resourceId') }},
            {{ element_at('parts.element', 'resourceName') }}
        ) as neighbour_name

    from {{ ref('int_version_contents') }} as versions

    cross join {{ elements_of(mended_json('versions.relationships')) }} as parts

    where versions.item_key in (select change_id from unexplained)

),

related as (

    select distinct
        unexplained.change_id,
        unexplained.previous_seen_at,
        unexplained.captured_at,
        unexplained.last_part,
        unexplained.value_before,
        unexplained.value_after,
        names.resource_key as neighbour_key

    from unexplained

    inner join relations
        on unexplained.change_id = relations.change_id

    inner join {{ ref('int_resource_names') }} as names
        on
            unexplained.account_id = names.account_id
            and relations.neighbour_type = names.resource_type
            and relations.neighbour_name = names.name

),

-- Distinct before it is compared: many things go from true to false.
explained_changes as (

    select distinct
        evidence.event_key,
        evidence.occurred_at,
        neighbour_changes.resource_key as neighbour_key,
        properties.last_part,
        properties.value_before,
        properties.value_after

    from {{ ref('int_changed_properties') }} as properties

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            properties.change_id = evidence.change_id
            and properties.element_key = evidence.element_key
            and evidence.grade >= 1

    inner join {{ ref('int_configuration_changes') }} as neighbour_changes
        on properties.change_id = neighbour_changes.change_id

    where neighbour_changes.resource_key in (select neighbour_key from related)

),

changed_alike as (

    select
        related.change_id,
        explained_changes.event_key,
        'both' as side,
        related.neighbour_key

    from related

    inner join explained_changes
        on
            related.neighbour_key = explained_changes.neighbour_key
            and related.last_part = explained_changes.last_part
            and related.value_before = explained_changes.value_before
            and related.value_after = explained_changes.value_after
            and explained_changes.occurred_at <= related.captured_at + {{ slack }}
            and explained_changes.occurred_at > related.previous_seen_at

),

followed as (

    select
        change_id,
        event_key,
        side,
        neighbour_key

    from shared

    where nearness = best_nearness

    union

    select * from changed_alike

    union

    select * from passed_on_by_neighbours

),

-- Calls that name the resource have been judged by themselves.
called as (

    select
        followed.change_id,
        followed.event_key,
        followed.neighbour_key,
        followed.side,
        calls.effect,
        max(case when calls.effect in ('removes', 'deletes') then 1 else 0 end) over (
            partition by followed.change_id, followed.neighbour_key
        ) = 1 as is_taken,
        writes.occurred_at > changes.captured_at as is_late,
        min(writes.occurred_at) over (partition by followed.change_id) > changes.captured_at
            as is_all_late

    from followed

    inner join changes
        on followed.change_id = changes.change_id

    left join {{ ref('int_events_resolved') }} as named
        on
            followed.event_key = named.event_key
            and changes.resource_key = named.resource_key
            and named.is_of_service
            and named.is_subject_named

    inner join {{ ref('int_writes') }} as writes
        on
            followed.event_key = writes.event_key
            and writes.is_management_event

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and not calls.is_tagging

    where named.event_key is null

),

-- What removes brings nothing, and where something was taken, what adds took nothing. Clocks differ,
-- but what was called before the item counts first.
causes as (

    select
        change_id,
        event_key,
        min(neighbour_key) as neighbour_key

    from called

    where
        is_late = is_all_late
        and (
            side = 'both'
            or (side = 'after' and effect not in ('removes', 'deletes'))
            or (side = 'before' and not (effect = 'adds' and is_taken))
        )

    group by
        change_id,
        event_key

)

select * from causes
