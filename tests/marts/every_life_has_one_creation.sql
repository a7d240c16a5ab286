-- Every life of a resource that was seen alive has one creation, and every resource one row.
with

lives as (

    select distinct
        resource_key,
        life_number

    from {{ ref('int_configuration_versions') }}

    where not is_deleted

),

counts as (

    select
        (select count(*) from lives) as lives_count,
        (select count(*) from {{ ref('fct_resource_creations') }}) as creations_count,
        (select count(distinct resource_key) from lives) as resources_count,
        (select count(*) from {{ ref('dim_resources') }}) as rows_count

)

select *

from counts

where
    lives_count <> creations_count
    or resources_count <> rows_count
