{{ config(materialized='ephemeral') }}

{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

changes as (

    select *

    from {{ ref('int_changes_to_judge') }}

    where change_kind in ('created', 'recreated', 'deleted')

),

seeded as (

    select distinct
        event_source,
        event_name,
        resource_type

    from {{ ref('resource_creating_events') }}

),

candidates as (

    select
        candidates.*,
        coalesce(
            abs({{ dbt.datediff('candidates.occurred_at', 'changes.resource_created_at', 'second') }}),
            0
        ) as seconds_apart,
        case
            when candidates.change_kind = 'deleted' then
                case
                    when candidates.effect <> 'deletes' then 0
                    when candidates.is_subject then 2
                    when candidates.is_subject_named then 1
                    -- ReleaseAddress names what is released by its id, and a part of something is
                    -- ended by a call that names the whole as what it is.
                    when
                        candidates.is_uniquely_named
                        and candidates.is_in_request
                        and not candidates.is_labelled
                        and not candidates.is_tagging
                        then 1
                    else 0
                end
            when seeded.resource_type is not null then 3
            when candidates.effect = 'creates' and candidates.is_subject then 3
            -- A restore or a copy tells the new id in its response.
            when
                candidates.effect = 'creates'
                and candidates.is_uniquely_named
                and candidates.is_in_response
                and not candidates.is_in_request
                then 2
            -- What is put is made or replaced.
            when candidates.call_name like 'Put%' and candidates.is_subject then 1
            else 0
        end as grade

    from {{ ref('int_change_candidates') }} as candidates

    inner join changes
        on candidates.change_id = changes.change_id

    left join seeded
        on
            candidates.event_source = seeded.event_source
            and candidates.call_name = seeded.event_name
            and changes.resource_type = seeded.resource_type

    where candidates.is_of_service

),

graded as (

    select
        *,
        max(occurred_at) over (partition by change_id, grade) as newest_at,
        max(occurred_at) over (partition by change_id, grade, call_name) as call_newest_at,
        max(
            case
                when (effect = 'creates' and is_subject) or call_name like 'Cancel%' then occurred_at
            end
        ) over (partition by change_id) as undone_at

    from candidates

),

-- What is put or terminated may be put or terminated again before Config looks: the first of these
-- calls did it. What was deleted and made again in between was ended by a later one.
told_apart as (

    select
        *,
        occurred_at >= newest_at - {{ capture_lag }}
        and (
            change_kind <> 'deleted'
            or (call_newest_at = newest_at and (undone_at is null or occurred_at > undone_at))
        ) as is_of_the_last

    from graded

    where grade > 0

),

ranked as (

    select
        *,
        row_number() over (
            partition by change_id
            order by
                grade desc,
                seconds_apart asc,
                case when is_of_the_last then 0 else 1 end asc,
                case when is_of_the_last then occurred_at end asc,
                occurred_at desc,
                event_key asc
        ) as place

    from told_apart

),

turning_points as (

    select

        ---------- ids
        change_id,
        event_key,

        ---------- numerics
        cast(place as bigint) as choice_number,

        ---------- timestamps
        occurred_at

    from ranked

)

select * from turning_points
