with

versions as (

    select *

    from {{ ref('int_configuration_versions') }}

),

-- Some types repeat their tags inside the configuration.
properties as (

    select
        item_key,
        count(*) as properties_count,
        sum(case when area = 'relationships' then 1 else 0 end) as relationships_count,
        sum(
            case
                when area = 'tags' then 1
                when
                    area in ('configuration', 'supplementaryConfiguration')
                    and (
                        property_path like 'tag%'
                        or property_path like 'Tag%'
                        or property_path like 'BucketTaggingConfiguration%'
                    )
                    then 1
                else 0
            end
        ) as tags_count,
        sum(case when area = 'tags' then 1 else 0 end) as own_tags_count

    from {{ ref('int_configuration_property_changes') }}

    where not is_volatile

    group by item_key

),

-- Where the logs and the recording of a place begin.
beginnings as (

    select
        account_id,
        aws_region,
        min(hour_starts_at) as begins_at

    from {{ ref('int_coverage') }}

    where has_events

    group by
        account_id,
        aws_region

),

sights as (

    select

        ---------- ids
        versions.item_key as change_id,
        versions.resource_key,
        versions.account_id,
        versions.resource_id,

        ---------- strings
        versions.aws_region,
        versions.resource_type,
        versions.resource_name,
        versions.resource_arn,
        case
            when versions.is_deleted then 'deleted'
            when versions.is_first_of_life and versions.life_number > 1 then 'recreated'
            when
                versions.is_first_of_life
                and (
                    versions.resource_created_at
                    >= coalesce(beginnings.begins_at, global_beginnings.begins_at)
                    or (
                        versions.resource_created_at is null
                        and versions.item_status = 'ResourceDiscovered'
                        and versions.captured_at
                        > coalesce(beginnings.begins_at, global_beginnings.begins_at)
                        + {{ interval_seconds(var('continuous_capture_seconds')) }}
                    )
                )
                then 'created'
            when versions.is_first_of_life then 'first_sight'
            when properties.relationships_count = properties.properties_count
                then 'relationship_only'
            when
                properties.tags_count = properties.properties_count
                and properties.own_tags_count > 0
                then 'tags_only'
            else 'modified'
        end as change_kind,

        ---------- numerics
        cast(coalesce(properties.properties_count, 0) as bigint) as properties_changed_count,

        ---------- booleans
        coalesce(previous.is_deleted, false) as is_previous_deleted,

        ---------- timestamps
        versions.captured_at,
        previous.last_captured_at as previous_seen_at,
        versions.resource_created_at

    from versions

    left join versions as previous
        on versions.previous_item_key = previous.item_key

    left join properties
        on versions.item_key = properties.item_key

    left join beginnings
        on
            versions.account_id = beginnings.account_id
            and versions.aws_region = beginnings.aws_region

    left join beginnings as global_beginnings
        on
            versions.account_id = global_beginnings.account_id
            and case when versions.aws_region = 'global' then 'us-east-1' end
            = global_beginnings.aws_region

),

-- What is seen first and was there before the logs begin is no change.
changes as (

    select *

    from sights

    where change_kind <> 'first_sight'

)

select * from changes
