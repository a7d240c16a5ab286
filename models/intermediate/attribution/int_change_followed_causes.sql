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
        neighbours.neighbour_key

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
            and (
                evidence.grade = 2
                or (evidence.grade = 1 and changed.property = evidence.property)
            )
            and evidence.occurred_at <= neighbours.captured_at + {{ slack }}
            and evidence.occurred_at > neighbours.previous_seen_at

),

-- The call names a neighbour, and gives it what came to this resource.
passed_on as (

    select
        open_values.change_id,
        texts.event_key,
        resolved.resource_key as neighbour_key

    from open_values

    inner join {{ ref('int_resource_names') }} as given
        on
            open_values.account_id = given.account_id
            and open_values.value_as_shown = given.name
            and given.is_unique_name

    inner join {{ ref('int_write_texts') }} as texts
        on
            open_values.account_id = texts.account_id
            and open_values.value_as_shown = texts.value
            and open_values.side = 'after'
            and texts.place = 'request'

    inner join {{ ref('int_events_resolved') }} as resolved
        on
            texts.event_key = resolved.event_key
            and resolved.is_in_request
            and resolved.is_of_service
            and resolved.is_uniquely_named
            and given.resource_key <> resolved.resource_key
            and open_values.resource_key <> resolved.resource_key
            and resolved.occurred_at <= open_values.captured_at + {{ slack }}
            and resolved.occurred_at > open_values.previous_seen_at

    inner join {{ ref('int_configuration_versions') }} as versions
        on open_values.change_id = versions.item_key

    inner join {{ ref('int_resource_names') }} as names
        on
            resolved.resource_key = names.resource_key
            and strpos(versions.relationships, '"' || names.name || '"') > 0

),

-- A neighbour lost the same, by a call that says what it shall have.
taken_along as (

    select
        open_values.change_id,
        evidence.event_key,
        neighbour_changes.resource_key as neighbour_key

    from open_values

    inner join {{ ref('int_resource_names') }} as taken
        on
            open_values.account_id = taken.account_id
            and open_values.value_as_shown = taken.name
            and taken.is_unique_name

    inner join {{ ref('int_changed_values') }} as changed
        on
            open_values.value_as_shown = changed.value_as_shown
            and open_values.side = 'before'
            and changed.side = 'before'

    inner join {{ ref('int_configuration_changes') }} as neighbour_changes
        on
            changed.change_id = neighbour_changes.change_id
            and open_values.account_id = neighbour_changes.account_id
            and open_values.resource_key <> neighbour_changes.resource_key

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            changed.change_id = evidence.change_id
            and changed.element_key = evidence.element_key
            and evidence.grade >= 1
            and evidence.occurred_at <= open_values.captured_at + {{ slack }}
            and evidence.occurred_at > open_values.previous_seen_at

    inner join {{ ref('int_configuration_versions') }} as versions
        on open_values.change_id = versions.item_key

    inner join {{ ref('int_resource_names') }} as names
        on
            neighbour_changes.resource_key = names.resource_key
            and strpos(versions.relationships, '"' || names.name || '"') > 0

),

followed as (

    select * from neighbours_changes

    union

    select * from taken_along

    union

    select * from passed_on

),

-- Calls that name the resource have been judged by themselves.
causes as (

    select
        followed.change_id,
        followed.event_key,
        min(followed.neighbour_key) as neighbour_key

    from followed

    left join {{ ref('int_change_candidates') }} as candidates
        on
            followed.change_id = candidates.change_id
            and followed.event_key = candidates.event_key
            and candidates.is_subject_named

    inner join {{ ref('int_writes') }} as writes
        on
            followed.event_key = writes.event_key
            and writes.is_management_event

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and not calls.is_tagging

    where candidates.event_key is null

    group by
        followed.change_id,
        followed.event_key

)

select * from causes
