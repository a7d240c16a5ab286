{{ config(materialized='ephemeral') }}

-- A neighbour changed in a property of this name from the same to the same: a cluster's setting is
-- its instances'.
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

unexplained as (

    select
        changes.change_id,
        changes.resource_key,
        changes.account_id,
        properties.last_part,
        properties.value_before,
        properties.value_after,
        changes.previous_seen_at,
        changes.captured_at

    from {{ ref('int_changes_to_follow') }} as changes

    inner join {{ ref('int_changed_properties') }} as properties
        on
            changes.change_id = properties.change_id
            and properties.difference = 'changed'

    left join {{ ref('int_change_evidence') }} as evidence
        on
            properties.change_id = evidence.change_id
            and properties.element_key = evidence.element_key
            and evidence.grade > 0

    where
        evidence.change_id is null
        and changes.change_kind in ('modified', 'relationship_only')
        and changes.previous_seen_at is not null

),

-- Their relations only: the elements of all versions' are many.
shown as (

    select distinct
        unexplained.change_id,
        versions.relationships

    from unexplained

    inner join {{ ref('int_version_contents') }} as versions
        on unexplained.change_id = versions.item_key

),

relations as (

    select distinct
        shown.change_id,
        {{ element_at('parts.element', 'resourceType') }} as neighbour_type,
        coalesce(
            {{ element_at('parts.element', 'resourceId') }},
            {{ element_at('parts.element', 'resourceName') }}
        ) as neighbour_name

    from shown

    cross join {{ elements_of(mended_json('shown.relationships')) }} as parts

),

related as (

    select distinct
        unexplained.change_id,
        unexplained.resource_key,
        unexplained.last_part,
        unexplained.value_before,
        unexplained.value_after,
        unexplained.previous_seen_at,
        unexplained.captured_at,
        names.resource_key as neighbour_key

    from unexplained

    inner join relations
        on unexplained.change_id = relations.change_id

    inner join {{ ref('int_resource_names') }} as names
        on
            unexplained.account_id = names.account_id
            and relations.neighbour_type = names.resource_type
            and relations.neighbour_name = names.name

),

neighbour_changes as (

    select distinct
        change_id,
        resource_key

    from {{ ref('int_configuration_changes') }}

    where resource_key in (select neighbour_key from related)

),

-- Distinct before it is compared: many things go from true to false.
explained as (

    select distinct
        evidence.event_key,
        evidence.occurred_at,
        neighbour_changes.resource_key as neighbour_key,
        properties.last_part,
        properties.value_before,
        properties.value_after

    from neighbour_changes

    inner join {{ ref('int_changed_properties') }} as properties
        on neighbour_changes.change_id = properties.change_id

    inner join {{ ref('int_change_evidence') }} as evidence
        on
            properties.change_id = evidence.change_id
            and properties.element_key = evidence.element_key
            and evidence.grade >= 1

),

changed_alike as (

    select distinct
        related.change_id,
        related.resource_key,
        explained.event_key,
        'both' as side,
        related.neighbour_key,
        related.captured_at

    from related

    inner join explained
        on
            related.neighbour_key = explained.neighbour_key
            and related.last_part = explained.last_part
            and related.value_before = explained.value_before
            and related.value_after = explained.value_after
            and explained.occurred_at <= related.captured_at + {{ slack }}
            and explained.occurred_at > related.previous_seen_at

)

select * from changed_alike
