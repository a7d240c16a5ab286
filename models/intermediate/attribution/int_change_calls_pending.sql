{{ config(materialized='ephemeral') }}

-- What a call asked for may be pending at first (`pendingModifiedValues`), and come long after. The
-- call was found for the change that showed it so, the last before this: an earlier run may have
-- judged that. A first item shows what a call since the making asked for.
{%- set is_pending %}strpos(lower('.' || property), '.pending') > 0{% endset %}
with

came as (

    select
        change_id,
        label,
        value

    from {{ ref('int_changed_values') }}

    where change_id in (
        select change_id from {{ ref('int_changes_to_judge') }}
    )

    group by
        change_id,
        label,
        value

    having
        max(case when is_removed and {{ is_pending }} then 1 else 0 end) = 1
        and max(case when side = 'after' and not {{ is_pending }} then 1 else 0 end) = 1

),

shown_pending as (

    select
        came.change_id,
        came.label,
        came.value,
        pending.change_id as earlier_change_id,
        pending.element_key,
        earlier.captured_at,
        max(earlier.captured_at) over (
            partition by came.change_id, came.label, came.value
        ) as last_captured_at

    from came

    inner join {{ ref('int_changes_to_judge') }} as changes
        on came.change_id = changes.change_id

    inner join {{ ref('int_configuration_changes') }} as earlier
        on
            changes.resource_key = earlier.resource_key
            and earlier.captured_at <= changes.previous_seen_at

    inner join {{ ref('int_changed_values') }} as pending
        on
            earlier.change_id = pending.change_id
            and came.label = pending.label
            and came.value = pending.value
            and pending.side = 'after'
            and {{ is_pending | replace('property', 'pending.property') }}

),

made as (

    select
        came.change_id,
        came.label,
        came.value,
        earlier.change_id as earlier_change_id,
        row_number() over (
            partition by came.change_id, came.label, came.value
            order by earlier.captured_at desc
        ) as place

    from came

    inner join {{ ref('int_changes_to_judge') }} as changes
        on came.change_id = changes.change_id

    inner join {{ ref('int_configuration_changes') }} as earlier
        on
            changes.resource_key = earlier.resource_key
            and earlier.captured_at <= changes.previous_seen_at
            and earlier.change_kind in ('created', 'recreated')

    left join shown_pending
        on
            came.change_id = shown_pending.change_id
            and came.label = shown_pending.label
            and came.value = shown_pending.value

    where shown_pending.change_id is null

),

calls as (

    select distinct
        shown_pending.change_id,
        evidence.event_key

    from shown_pending

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            shown_pending.earlier_change_id = evidence.change_id
            and shown_pending.element_key = evidence.element_key
            and evidence.grade = 2

    inner join {{ ref('int_change_modifying_causes') }} as causes
        on
            evidence.change_id = causes.change_id
            and evidence.event_key = causes.event_key

    where shown_pending.captured_at = shown_pending.last_captured_at

    union

    select
        made.change_id,
        max_by(causes.event_key, writes.occurred_at) as event_key

    from made

    inner join {{ ref('int_change_life_causes') }} as causes
        on
            made.earlier_change_id = causes.change_id
            and made.place = 1

    inner join {{ ref('int_writes') }} as writes
        on causes.event_key = writes.event_key

    inner join {{ ref('int_write_texts') }} as texts
        on
            causes.event_key = texts.event_key
            and writes.event_date = texts.event_date
            and texts.place = 'request'
            and made.label = lower(texts.label)
            and made.value = lower(texts.value)

    group by
        made.change_id,
        made.label,
        made.value

)

select * from calls
