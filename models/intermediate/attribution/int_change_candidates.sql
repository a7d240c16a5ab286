{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_configuration_changes') }}

),

calls as (

    select *

    from {{ ref('int_calls') }}

),

-- What was called between the last sight of the state before and the sight of this one.
candidates as (

    select
        changes.change_id,
        changes.change_kind,
        events.event_key,
        events.resource_key,
        events.noun,
        events.event_source,
        events.call_name,
        events.named_as,
        events.is_uniquely_named,
        events.is_in_request,
        events.is_labelled,
        events.is_in_response,
        events.is_of_service,
        events.is_subject,
        events.is_subject_named,
        calls.effect,
        calls.is_tagging,
        writes.request_hash,
        writes.actor_arn,
        events.occurred_at,
        changes.captured_at

    from changes

    inner join {{ ref('int_events_resolved') }} as events
        on
            changes.resource_key = events.resource_key
            and events.occurred_at <= changes.captured_at + {{ slack }}
            and (
                changes.previous_seen_at is null
                or events.occurred_at >= changes.previous_seen_at - {{ slack }}
            )

    inner join calls
        on
            events.event_source = calls.event_source
            and events.call_name = calls.call_name

    inner join {{ ref('int_writes') }} as writes
        on events.event_key = writes.event_key

    where
        events.is_of_service
        or calls.is_tagging

)

select * from candidates
