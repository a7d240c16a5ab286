{{ config(materialized='ephemeral') }}

with

recorded_types as (

    select
        account_id,
        aws_region,
        resource_type,
        min({{ dbt.date_trunc('hour', 'captured_at') }}) as recorded_since

    from {{ ref('int_configuration_items_deduplicated') }}

    where
        is_primary
        and aws_region is not null

    group by
        account_id,
        aws_region,
        resource_type

),

beginnings as (

    select
        account_id,
        aws_region,
        recorded_since,
        lead(recorded_since) over (
            partition by account_id, aws_region
            order by recorded_since asc
        ) as recorded_until

    from recorded_types

    group by
        account_id,
        aws_region,
        recorded_since

),

-- The list of types is made anew where one is added to it, and not for every hour.
stages as (

    select
        beginnings.account_id,
        beginnings.aws_region,
        beginnings.recorded_since,
        beginnings.recorded_until,
        {{ dbt.listagg('recorded_types.resource_type', "','", 'order by recorded_types.resource_type asc') }}
            as recorded_types

    from beginnings

    inner join recorded_types
        on
            beginnings.account_id = recorded_types.account_id
            and beginnings.aws_region = recorded_types.aws_region
            and beginnings.recorded_since >= recorded_types.recorded_since

    group by
        beginnings.account_id,
        beginnings.aws_region,
        beginnings.recorded_since,
        beginnings.recorded_until

)

select * from stages
