with

lives as (

    select *

    from {{ ref('int_resource_lives') }}

),

resources as (

    select
        resource_key,
        max(life_number) as life_number,
        max(last_version_number) as last_version_number,
        count(*) as lives_count,
        sum(versions_count) as versions_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from lives

    group by resource_key

),

latest as (

    select

        ---------- ids
        resources.resource_key,
        versions.account_id,
        versions.resource_id,

        ---------- strings
        versions.aws_region,
        versions.resource_type,
        versions.resource_name,
        versions.resource_arn,
        versions.availability_zone,
        lives.ended_as,
        lives.snapshot_object,

        ---------- payloads (JSON text)
        versions.configuration,
        versions.supplementary_configuration,
        versions.tags,
        versions.relationships,

        ---------- numerics
        resources.lives_count,
        cast(resources.versions_count as bigint) as versions_count,

        ---------- booleans
        lives.deleted_at is not null as is_deleted,

        ---------- timestamps
        lives.created_at,
        lives.created_at_source,
        lives.deleted_at,
        lives.ended_by,
        resources.first_seen_at,
        resources.last_seen_at

    from resources

    inner join lives
        on
            resources.resource_key = lives.resource_key
            and resources.life_number = lives.life_number

    -- Of a deleted resource, the last state it had.
    inner join {{ ref('int_version_contents') }} as versions
        on
            resources.resource_key = versions.resource_key
            and resources.last_version_number = versions.version_number

)

select * from latest
