{{ config(materialized='ephemeral') }}

with

changes as (

    select *

    from {{ ref('int_changes_to_follow') }}

    where
        change_kind in ('modified', 'relationship_only')
        and previous_seen_at is not null

),

explained as (

    select distinct
        change_id,
        element_key

    from {{ ref('int_change_evidence') }}

    where grade = 2

),

changed_values as (

    select
        changes.*,
        changed.element_key,
        changed.side,
        changed.value_as_shown,
        max(case when changed.area = 'relationships' then 1 else 0 end) over (
            partition by changed.change_id, changed.value_as_shown
        ) = 1 as is_neighbour

    from {{ ref('int_changed_values') }} as changed

    inner join changes
        on changed.change_id = changes.change_id

    where length(changed.value_as_shown) > 4

),

open_values as (

    select distinct
        changed.change_id,
        changed.resource_key,
        changed.resource_id,
        changed.account_id,
        changed.side,
        changed.value_as_shown,
        changed.is_neighbour,
        changed.previous_seen_at,
        changed.captured_at

    from changed_values as changed

    left join explained
        on
            changed.change_id = explained.change_id
            and changed.element_key = explained.element_key

    where explained.element_key is null

)

select * from open_values
