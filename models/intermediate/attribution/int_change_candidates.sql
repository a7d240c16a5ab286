{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_changes_to_judge'},
) }}

{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set ending = interval_seconds(var('continuous_capture_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_changes_to_judge') }}

),

calls as (

    select *

    from {{ ref('int_calls') }}

),

services as (

    select distinct
        resource_key,
        noun,
        event_source

    from {{ ref('int_resource_names') }}

),

-- What was called between the last sight of the state before and the sight of this one.
named as (

    select
        changes.change_id,
        events.event_key,
        events.noun,
        events.named_as,
        events.is_uniquely_named,
        events.is_in_request,
        events.is_labelled,
        events.is_in_response,
        events.is_of_service,
        events.is_subject,
        events.is_subject_named

    from changes

    inner join {{ ref('int_events_resolved') }} as events
        on
            changes.resource_key = events.resource_key
            and events.occurred_at <= changes.captured_at + {{ slack }}
            and (
                changes.previous_seen_at is null
                or events.occurred_at >= changes.previous_seen_at - {{ slack }}
                -- What is being deleted may be seen so before it is gone.
                or (
                    changes.change_kind = 'deleted'
                    and events.occurred_at >= changes.previous_seen_at - {{ ending }}
                )
                -- The end of a life may be seen when the next has begun.
                or (
                    changes.change_kind = 'recreated'
                    and events.occurred_at >= changes.resource_created_at - {{ slack }}
                    and events.occurred_at >= changes.previous_seen_at - {{ ending }}
                )
            )

),

-- Some calls name what they take from a resource, and not the resource. What is a resource of its
-- own is a neighbour and no part; where relationships alone show that it is one, for its type is not
-- recorded, only who ended it has taken it.
gone_ids as (

    select
        changed.change_id,
        changed.value_as_shown,
        max(case when changed.area = 'relationships' then 1 else 0 end) = 1 as is_neighbour

    from {{ ref('int_changed_values') }} as changed

    left join {{ ref('int_resource_names') }} as names
        on changed.value_as_shown = names.name

    where
        changed.change_id in (select change_id from changes)
        and changed.side = 'before'
        and changed.is_removed
        and names.name is null

    group by
        changed.change_id,
        changed.value_as_shown

),

named_by_part as (

    select
        changes.change_id,
        texts.event_key,
        services.noun,
        cast(null as {{ dbt.type_string() }}) as named_as,
        false as is_uniquely_named,
        true as is_in_request,
        false as is_labelled,
        false as is_in_response,
        true as is_of_service,
        false as is_subject,
        false as is_subject_named

    from gone_ids

    inner join changes
        on gone_ids.change_id = changes.change_id

    inner join services
        on changes.resource_key = services.resource_key

    inner join {{ ref('int_write_texts') }} as texts
        on
            gone_ids.value_as_shown = texts.value
            and changes.account_id = texts.account_id
            and texts.place = 'request'
            and texts.is_part_id

    inner join {{ ref('int_writes') }} as writes
        on
            texts.event_key = writes.event_key
            and services.event_source = writes.event_source
            and writes.occurred_at <= changes.captured_at + {{ slack }}
            and writes.occurred_at >= changes.previous_seen_at - {{ slack }}

    inner join calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and not calls.is_tagging
            and (
                calls.effect = 'deletes'
                or (calls.effect = 'removes' and not gone_ids.is_neighbour)
            )

    left join named
        on
            changes.change_id = named.change_id
            and texts.event_key = named.event_key

    where named.event_key is null

),

all_named as (

    select * from named

    union all

    select distinct * from named_by_part

),

candidates as (

    select
        changes.change_id,
        changes.change_kind,
        all_named.event_key,
        changes.resource_key,
        all_named.noun,
        writes.event_source,
        writes.call_name,
        all_named.named_as,
        all_named.is_uniquely_named,
        all_named.is_in_request,
        all_named.is_labelled,
        all_named.is_in_response,
        all_named.is_of_service,
        all_named.is_subject,
        all_named.is_subject_named,
        calls.effect,
        calls.is_tagging,
        writes.request_hash,
        writes.actor_arn,
        writes.occurred_at,
        changes.captured_at

    from all_named

    inner join changes
        on all_named.change_id = changes.change_id

    inner join {{ ref('int_writes') }} as writes
        on all_named.event_key = writes.event_key

    inner join calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name

    where
        -- A data event is about what a resource holds, and changes nothing that Config records.
        writes.is_management_event
        and (all_named.is_of_service or calls.is_tagging)

)

select * from candidates
