with

changes as (

    select *

    from {{ ref('int_configuration_changes') }}

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

ranked as (

    select
        *,
        row_number() over (
            partition by change_id
            order by grade desc, seconds_apart asc, occurred_at desc, event_key asc
        ) as place

    from candidates

    where grade > 0

),

turning_points as (

    select *

    from ranked

    where place = 1

),

-- A new state shows what was called since the birth, and tells of the death before it.
causes as (

    select
        change_id,
        event_key,
        'turning_point' as found_by

    from turning_points

    union all

    select
        candidates.change_id,
        candidates.event_key,
        'since_the_birth' as found_by

    from candidates

    inner join turning_points
        on
            candidates.change_id = turning_points.change_id
            and candidates.occurred_at >= turning_points.occurred_at
            and candidates.event_key <> turning_points.event_key

    where
        candidates.change_kind <> 'deleted'
        and candidates.grade = 0
        and candidates.effect <> 'deletes'
        and (
            candidates.is_subject_named
            or (candidates.is_labelled and candidates.effect <> 'creates')
            or candidates.is_tagging
        )
        and candidates.occurred_at <= candidates.captured_at

    union all

    select
        candidates.change_id,
        max_by(candidates.event_key, candidates.occurred_at) as event_key,
        'death_before' as found_by

    from candidates

    inner join turning_points
        on
            candidates.change_id = turning_points.change_id
            and candidates.occurred_at <= turning_points.occurred_at

    inner join changes
        on candidates.change_id = changes.change_id

    where
        candidates.change_kind = 'recreated'
        and not changes.is_previous_deleted
        and candidates.effect = 'deletes'
        and candidates.is_subject

    group by candidates.change_id

)

select * from causes
