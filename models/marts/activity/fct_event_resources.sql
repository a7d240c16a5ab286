{{ config(materialized='view') }}

with

events as (

    select *

    from {{ ref('int_writes') }}

),

named as (

    select
        event_key,
        resource_key,
        is_subject_named or is_labelled as is_about_resource

    from {{ ref('int_events_resolved') }}

),

resources as (

    select *

    from {{ ref('dim_resources') }}

),

event_resources as (

    select

        ---------- ids
        events.event_key,
        events.event_id,
        resources.account_id,
        resources.resource_id,
        versions.item_key,

        ---------- strings
        resources.aws_region,
        resources.resource_type,
        resources.resource_name,
        events.event_source,
        events.event_name,
        events.actor_arn,
        events.person,

        ---------- payloads (JSON text)
        versions.tags,

        ---------- booleans
        named.is_about_resource,

        ---------- timestamps
        events.occurred_at,
        versions.captured_at

    from named

    inner join events
        on named.event_key = events.event_key

    inner join resources
        on named.resource_key = resources.resource_key

    left join {{ ref('fct_resource_versions') }} as versions
        on
            resources.account_id = versions.account_id
            and resources.aws_region = versions.aws_region
            and resources.resource_type = versions.resource_type
            and resources.resource_id = versions.resource_id
            and {{ is_as_of('versions', 'events.occurred_at') }}

)

select * from event_resources
