{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_versions_to_judge'},
) }}

with

changes as (

    select *

    from {{ ref('int_configuration_changes') }}

    where
        change_id in (
            select item_key from {{ ref('int_versions_to_judge') }}
        )

)

select * from changes
