{{ config(materialized='ephemeral') }}

-- A neighbour of a type that is not recorded, or that went before it was seen, has no calls of its
-- own: a relationship with it came or went by the call that tells its id.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

changes as (

    select
        change_id,
        resource_key,
        account_id,
        aws_region,
        change_kind,
        previous_seen_at,
        captured_at

    from {{ ref('int_changes_to_follow') }}

    where change_kind in ('relationship_only', 'modified')

),

explained as (

    select distinct
        change_id,
        element_key

    from {{ ref('int_change_evidence') }}

    where
        property = 'relationships'
        and grade = 2

),

related as (

    select
        changed.change_id,
        changed.element_key,
        changed.side,
        max(case when changed.label = 'resourcetype' then changed.value_as_shown end)
            as neighbour_type,
        coalesce(
            max(case when changed.label = 'resourceid' then changed.value_as_shown end),
            max(case when changed.label = 'resourcename' then changed.value_as_shown end)
        ) as neighbour_name

    from {{ ref('int_changed_values') }} as changed

    left join explained
        on
            changed.change_id = explained.change_id
            and changed.element_key = explained.element_key

    where
        changed.area = 'relationships'
        and changed.change_id in (select change_id from changes)
        and explained.element_key is null

    group by
        changed.change_id,
        changed.element_key,
        changed.side

),

unshown as (

    select
        changes.*,
        related.side,
        related.neighbour_type,
        related.neighbour_name

    from related

    inner join changes
        on related.change_id = changes.change_id

    left join {{ ref('int_resource_names') }} as names
        on
            changes.account_id = names.account_id
            and related.neighbour_name = names.name

    where names.name is null

),

-- Distinct before times are compared: much is written in the time between two sights.
mentioned as (

    select distinct
        unshown.*,
        texts.event_key,
        texts.place,
        texts.is_part_id,
        {{ label_noun('texts.label') }} as label_noun

    from unshown

    inner join {{ ref('int_write_texts') }} as texts
        on
            unshown.account_id = texts.account_id
            and unshown.neighbour_name = texts.value

),

told as (

    select distinct
        mentioned.change_id,
        mentioned.side,
        mentioned.account_id || '|' || coalesce(mentioned.aws_region, '') || '|'
        || mentioned.neighbour_type || '|' || mentioned.neighbour_name as neighbour_key,
        mentioned.event_key,
        writes.occurred_at,
        case when own.event_key is null then 0 else 1 end as is_naming

    from mentioned

    inner join {{ ref('int_writes') }} as writes
        on
            mentioned.event_key = writes.event_key
            and writes.is_management_event
            and writes.occurred_at >= mentioned.previous_seen_at - {{ slack }}
            and writes.occurred_at <= mentioned.captured_at + {{ slack }}

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and not calls.is_tagging

    left join {{ ref('int_events_resolved') }} as own
        on
            mentioned.event_key = own.event_key
            and mentioned.resource_key = own.resource_key
            and own.is_of_service

    -- Who makes a subnet tells its id, and need not name the access control list that it gets.
    where
        case mentioned.side
            when 'after'
                then
                    calls.effect not in ('deletes', 'removes')
                    and (
                        own.event_key is not null
                        or (
                            calls.effect = 'creates'
                            and mentioned.place = 'response'
                            and mentioned.is_part_id
                            and mentioned.label_noun <> ''
                            and calls.subject like '%' || mentioned.label_noun
                            and (
                                mentioned.change_kind = 'relationship_only'
                                or writes.occurred_at >= mentioned.captured_at - {{ capture_lag }}
                            )
                        )
                    )
            else
                mentioned.place = 'request'
                and (
                    (calls.effect = 'deletes' and mentioned.is_part_id)
                    or (calls.effect in ('deletes', 'removes') and own.event_key is not null)
                )
        end

),

ranked as (

    select
        *,
        row_number() over (
            partition by change_id, neighbour_key, side
            order by is_naming desc, occurred_at desc, event_key asc
        ) as place

    from told

),

causes as (

    select
        change_id,
        event_key,
        min(neighbour_key) as neighbour_key

    from ranked

    where place = 1

    group by
        change_id,
        event_key

)

select * from causes
