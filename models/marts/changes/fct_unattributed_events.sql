{{ config(materialized='view') }}

with

causes as (

    select distinct event_key

    from {{ ref('int_change_causes') }}

),

calls as (

    select *

    from {{ ref('int_calls') }}

),

-- What the events are about: a resource that they name as their subject.
subjects as (

    select
        resolved.event_key,
        resolved.resource_key

    from {{ ref('int_events_resolved') }} as resolved

    inner join calls
        on
            resolved.event_source = calls.event_source
            and resolved.call_name = calls.call_name

    where
        resolved.is_of_service
        and (resolved.is_subject_named or resolved.is_labelled or calls.is_tagging)

),

sights as (

    select
        resource_key,
        max(resource_type) as resource_type,
        max(resource_id) as resource_id,
        min(captured_at) as first_seen_at,
        max(last_captured_at) as last_seen_at

    from {{ ref('int_configuration_versions') }}

    group by resource_key

),

recorded_types as (

    select
        event_source,
        noun,
        min(resource_type) as resource_type

    from {{ ref('int_resource_names') }}

    group by
        event_source,
        noun

),

-- Calls that by their name make or end a thing of a recorded type, but name none that was shown.
unseen as (

    select
        writes.event_key,
        recorded_types.resource_type

    from {{ ref('int_writes') }} as writes

    inner join calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name

    inner join recorded_types
        on
            calls.event_source = recorded_types.event_source
            and calls.subject = recorded_types.noun

    left join subjects
        on writes.event_key = subjects.event_key

    where
        writes.is_management_event
        and subjects.event_key is null

),

listed as (

    select
        subjects.event_key,
        sights.resource_type,
        sights.resource_id,
        sights.first_seen_at,
        sights.last_seen_at

    from subjects

    inner join sights
        on subjects.resource_key = sights.resource_key

    union all

    select
        event_key,
        resource_type,
        cast(null as {{ dbt.type_string() }}) as resource_id,
        cast(null as {{ dbt.type_timestamp() }}) as first_seen_at,
        cast(null as {{ dbt.type_timestamp() }}) as last_seen_at

    from unseen

),

events as (

    select

        ---------- ids
        writes.event_key,
        writes.event_id,
        writes.account_id,
        listed.resource_id,

        ---------- strings
        writes.aws_region,
        writes.event_source,
        writes.event_name,
        listed.resource_type,
        case
            when listed.first_seen_at is null then 'resource_never_shown'
            when writes.occurred_at < listed.first_seen_at then 'before_first_sight'
            when writes.occurred_at > listed.last_seen_at then 'not_seen_since'
            else 'no_change_seen'
        end as reason,
        writes.actor_arn,
        writes.actor_type,
        writes.person,

        ---------- timestamps
        writes.occurred_at

    from listed

    inner join {{ ref('int_writes') }} as writes
        on listed.event_key = writes.event_key

    left join causes
        on listed.event_key = causes.event_key

    where
        writes.is_management_event
        and causes.event_key is null

)

select * from events
