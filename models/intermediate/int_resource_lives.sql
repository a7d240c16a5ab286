with

versions as (

    select *

    from {{ ref('int_configuration_versions') }}

),

service_sources as (

    select
        service,
        event_source

    from {{ ref('service_event_sources') }}

),

spans as (

    select
        resource_key,
        life_number,
        min(captured_at) as first_seen_at,
        max(last_captured_at) as last_seen_at,
        max(case when is_deleted then captured_at end) as deleted_at,
        min(case when not is_deleted then version_number end) as first_version_number,
        max(case when not is_deleted then version_number end) as last_version_number,
        max(resource_created_at) as resource_created_at,
        count(*) as versions_count

    from versions

    group by
        resource_key,
        life_number

),

lives as (

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
        {{ rewritten('versions.resource_id', '^.*[/:]', '') }} as resource_id_tail,
        lower(split_part(versions.resource_type, '::', 3)) as resource_noun,
        coalesce(
            service_sources.event_source,
            lower(split_part(versions.resource_type, '::', 2)) || '.amazonaws.com'
        ) as event_source,

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
        lag(spans.last_seen_at) over (
            partition by spans.resource_key
            order by spans.life_number asc
        ) as previous_life_seen_at

    from spans

    -- A life known only by its deletion has no state to show.
    inner join versions
        on
            spans.resource_key = versions.resource_key
            and spans.first_version_number = versions.version_number

    left join service_sources
        on split_part(versions.resource_type, '::', 2) = service_sources.service

)

select * from lives
