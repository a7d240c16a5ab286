{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_change_candidates'},
) }}

with

candidates as (

    select *

    from {{ ref('int_change_candidates') }}

    where is_of_service

),

turning_points as (

    select *

    from {{ ref('int_change_turning_points') }}

    where choice_number = 1

),

changes as (

    select *

    from {{ ref('int_changes_to_judge') }}

),

deaths as (

    select
        change_id,
        min(occurred_at) as occurred_at

    from candidates

    where
        change_kind in ('modified', 'tags_only', 'relationship_only')
        and effect = 'deletes'
        and is_subject

    group by change_id

),

-- A new state shows what was called since the birth, and tells of the death before it. Of a type
-- without creation times, what was deleted and made again between two sights seems modified.
causes as (

    select
        change_id,
        event_key,
        'turning_point' as found_by

    from turning_points

    union all

    select
        change_id,
        event_key,
        'since_the_birth' as found_by

    from {{ ref('int_change_calls_since_birth') }}

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

    union all

    select
        candidates.change_id,
        max_by(candidates.event_key, candidates.occurred_at) as event_key,
        'made_again' as found_by

    from candidates

    inner join deaths
        on
            candidates.change_id = deaths.change_id
            and candidates.occurred_at > deaths.occurred_at

    inner join changes
        on candidates.change_id = changes.change_id

    where
        candidates.effect = 'creates'
        and candidates.is_subject
        and candidates.occurred_at > changes.previous_seen_at
        and candidates.occurred_at <= changes.captured_at

    group by candidates.change_id

)

select * from causes
