{{ config(materialized='ephemeral') }}

with

changes as (

    select *

    from {{ ref('int_configuration_changes') }}

    where
        change_kind in ('modified', 'relationship_only')
        and previous_seen_at is not null
        and {{ is_followed('change_id') }}

),

explained as (

    select distinct
        change_id,
        element_key

    from {{ ref('int_change_evidence') }}

    where grade = 2

),

open_values as (

    select distinct
        changes.change_id,
        changes.resource_key,
        changes.resource_id,
        changes.account_id,
        changed.side,
        changed.value_as_shown,
        changes.previous_seen_at,
        changes.captured_at

    from {{ ref('int_changed_values') }} as changed

    inner join changes
        on changed.change_id = changes.change_id

    left join explained
        on
            changed.change_id = explained.change_id
            and changed.element_key = explained.element_key

    where
        explained.element_key is null
        and length(changed.value_as_shown) > 4

)

select * from open_values
