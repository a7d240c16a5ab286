{{ config(materialized='ephemeral') }}

-- Clocks differ: a call of just before the last sight may not have been seen by then. One that the
-- last sight shows as well as this one was, and so was what was called before one that it shows.
-- That one's change may have been judged by an earlier run.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

captures as (

    select
        change_id,
        resource_key,
        previous_seen_at

    from {{ ref('int_changes_to_judge') }}

),

-- The changes whose items may have shown the calls of about the last sight.
earlier_changes as (

    select distinct
        captures.change_id,
        captures.previous_seen_at,
        earlier.change_id as earlier_change_id

    from captures

    inner join {{ ref('int_configuration_changes') }} as earlier
        on
            captures.resource_key = earlier.resource_key
            and earlier.captured_at <= captures.previous_seen_at
            and earlier.captured_at >= captures.previous_seen_at - {{ slack }} - {{ slack }} - {{ capture_lag }}

),

compared as (

    select
        *,
        max(case when grade = 2 then matched_count end) over (
            partition by change_id, element_key
        ) as most_matched

    from {{ ref('int_change_evidence') }}

    where
        change_id in (select change_id from captures)
        or change_id in (select earlier_change_id from earlier_changes)

),

found as (

    select
        change_id,
        event_key,
        max({{ counted_grade() }}) as grade

    from compared

    where grade > 0

    group by
        change_id,
        event_key

    union all

    select distinct
        change_id,
        event_key,
        2 as grade

    from {{ ref('int_change_life_causes') }}

),

shown_before as (

    select
        earlier_changes.change_id,
        earlier_changes.previous_seen_at,
        found.event_key,
        found.grade,
        max(case when found.grade = 2 then writes.occurred_at end) over (
            partition by earlier_changes.change_id
        ) as last_shown_at

    from earlier_changes

    inner join found
        on earlier_changes.earlier_change_id = found.change_id

    inner join {{ ref('int_writes') }} as writes
        on
            found.event_key = writes.event_key
            and writes.occurred_at <= earlier_changes.previous_seen_at

),

seen_before as (

    select distinct
        later.change_id,
        later.event_key

    from found as later

    inner join {{ ref('int_writes') }} as writes
        on later.event_key = writes.event_key

    inner join shown_before
        on
            later.change_id = shown_before.change_id
            and writes.occurred_at <= shown_before.previous_seen_at
            and (
                (later.event_key = shown_before.event_key and later.grade <= shown_before.grade)
                or writes.occurred_at < shown_before.last_shown_at
            )

)

select * from seen_before
