{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_change_candidates'},
) }}

with

texts as (

    select distinct
        event_key,
        place,
        label,
        value

    from {{ ref('int_write_texts') }}

    where
        event_key in (
            select event_key from {{ ref('int_change_candidates') }}
        )

)

select * from texts
