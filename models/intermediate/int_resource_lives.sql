with

versions as (

    select *

    from {{ ref('int_configuration_versions') }}

),

missing as (

    select
        resource_key,
        snapshot_object,
        missing_since

    from {{ ref('int_missing_resources') }}

),

spans as (

    select
        resource_key,
        life_number,
        min(captured_at) as first_seen_at,
        max(last_captured_at) as last_seen_at,
        max(case when is_deleted then captured_at end) as deleted_at,
        max(case when is_deleted then item_status end) as deletion_status,
        max(case when is_deleted then item_key end) as deletion_item_key,
        min(case when not is_deleted then version_number end) as first_version_number,
        max(case when not is_deleted then version_number end) as last_version_number,
        max(resource_created_at) as resource_created_at,
        count(*) as versions_count

    from versions

    group by
        resource_key,
        life_number

),

known_lives as (

    select

        ---------- ids
        spans.resource_key || '|' || cast(spans.life_number as {{ dbt.type_string() }}) as life_id,
        spans.resource_key,
        versions.item_key as first_item_key,
        versions.account_id,
        versions.resource_id,

        ---------- strings
        versions.aws_region,
        versions.resource_type,
        versions.resource_name,
        versions.resource_arn,

        ---------- numerics
        spans.life_number,
        spans.first_version_number,
        spans.last_version_number,
        spans.versions_count,

        ---------- timestamps
        coalesce(spans.resource_created_at, spans.first_seen_at) as created_at,
        case
            when spans.resource_created_at is not null then 'resource_creation_time'
            else 'first_seen'
        end as created_at_source,
        spans.first_seen_at,
        spans.last_seen_at,
        spans.deleted_at,
        spans.deletion_status,
        spans.deletion_item_key,
        lag(spans.last_seen_at) over (
            partition by spans.resource_key
            order by spans.life_number asc
        ) as previous_life_seen_at,
        lead(spans.first_seen_at) over (
            partition by spans.resource_key
            order by spans.life_number asc
        ) as next_life_seen_at

    from spans

    -- A life known only by its deletion has no state to show.
    inner join versions
        on
            spans.resource_key = versions.resource_key
            and spans.first_version_number = versions.version_number

),

lives as (

    select

        ---------- ids
        known_lives.life_id,
        known_lives.resource_key,
        known_lives.first_item_key,
        known_lives.deletion_item_key,
        known_lives.account_id,
        known_lives.resource_id,

        ---------- strings
        known_lives.aws_region,
        known_lives.resource_type,
        known_lives.resource_name,
        known_lives.resource_arn,
        -- How the life ended, null while it goes on.
        case
            when known_lives.deletion_status = 'ResourceDeletedNotRecorded'
                then 'deleted_not_recorded'
            when known_lives.deleted_at is not null then 'deleted'
            when known_lives.next_life_seen_at is not null then 'made_again'
            when missing.resource_key is not null then 'missing_from_snapshot'
        end as ended_as,
        case
            when known_lives.deleted_at is null and known_lives.next_life_seen_at is null
                then missing.snapshot_object
        end as snapshot_object,

        ---------- numerics
        known_lives.life_number,
        known_lives.first_version_number,
        known_lives.last_version_number,
        known_lives.versions_count,

        ---------- timestamps
        known_lives.created_at,
        known_lives.created_at_source,
        known_lives.first_seen_at,
        known_lives.last_seen_at,
        known_lives.deleted_at,
        coalesce(
            known_lives.deleted_at, known_lives.next_life_seen_at, missing.missing_since
        ) as ended_by,
        known_lives.previous_life_seen_at

    from known_lives

    left join missing
        on known_lives.resource_key = missing.resource_key

)

select * from lives
