{{ config(materialized='ephemeral') }}

-- The call names a neighbour, and gives it what came to this resource; or a neighbour lost the same
-- as this resource, by a call that says what it shall have.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

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
        open_values.side,
        open_values.previous_seen_at,
        open_values.captured_at,
        names.resource_key as passed_key

    from {{ ref('int_change_open_values') }} as open_values

    inner join unique_names as names
        on
            open_values.account_id = names.account_id
            and open_values.value_as_shown = names.name

),

-- Each step is distinct before the next: few calls pass something on, but many changes are about it.
given_to_neighbours as (

    select distinct
        given.event_key,
        given.resource_key as passed_key,
        called.resource_key as neighbour_key,
        called.occurred_at

    from {{ ref('int_resources_named_in_requests') }} as given

    inner join {{ ref('int_resources_named_in_requests') }} as called
        on
            given.event_key = called.event_key
            and given.resource_key <> called.resource_key
            and called.is_of_service

    inner join {{ ref('int_calls') }} as calls
        on
            called.event_source = calls.event_source
            and called.call_name = calls.call_name

    -- RunInstances names a subnet and a group, and gives both to the instances that it makes. What a
    -- call changes is given to nobody: ModifyInstanceAttribute gives groups to the instance. A rule
    -- lets one group into another.
    where
        given.resource_key in (select passed_key from open_resources)
        and calls.effect <> 'creates'
        and not (
            given.is_subject_named
            and (calls.effect = 'changes' or given.resource_type = called.resource_type)
        )

),

taken_values as (

    select distinct
        changed.change_id,
        changed.element_key,
        taken.account_id,
        taken.resource_key as passed_key

    from unique_names as taken

    inner join {{ ref('int_changed_values') }} as changed
        on
            taken.name = changed.value_as_shown
            and changed.side = 'before'

    where taken.resource_key in (select passed_key from open_resources)

),

taken_from_neighbours as (

    select distinct
        evidence.event_key,
        taken_values.passed_key,
        neighbour_changes.resource_key as neighbour_key,
        evidence.occurred_at

    from taken_values

    inner join {{ ref('int_configuration_changes') }} as neighbour_changes
        on
            taken_values.change_id = neighbour_changes.change_id
            and taken_values.account_id = neighbour_changes.account_id

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            taken_values.change_id = evidence.change_id
            and taken_values.element_key = evidence.element_key
            and evidence.grade >= 1

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

passed_on as (

    select distinct
        open_resources.change_id,
        open_resources.resource_key,
        passed.event_key,
        passed.side,
        passed.neighbour_key,
        open_resources.captured_at

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

    select distinct
        passed_on.change_id,
        passed_on.resource_key,
        passed_on.event_key,
        passed_on.side,
        passed_on.neighbour_key,
        passed_on.captured_at

    from passed_on

    inner join {{ ref('int_version_contents') }} as versions
        on passed_on.change_id = versions.item_key

    inner join {{ ref('int_resource_names') }} as names
        on
            passed_on.neighbour_key = names.resource_key
            and strpos(versions.relationships, '"' || names.name || '"') > 0

)

select * from passed_on_by_neighbours
