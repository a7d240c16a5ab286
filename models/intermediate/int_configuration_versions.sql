{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_shown',
    meta={'category': 'configuration_items'},
    post_hook="{{ mark_resources_shown() }}",
) }}

{%- set volatile = seed_hash('volatile_properties', ['resource_type', 'area', 'property_path']) %}
with

states as (

    select *

    from {{ ref('int_configuration_states') }}

    where {{ is_shown_anew('resource_key', [volatile]) }}

),

-- What AWS rewrites by itself, and order, make no version.
changed as (

    select distinct item_key

    from {{ ref('int_configuration_property_changes') }}

    where not is_volatile

),

marked as (

    select
        states.*,
        case
            when
                states.is_first_of_life
                or states.is_deleted is distinct from previous.is_deleted
                or states.resource_name is distinct from previous.resource_name
                or changed.item_key is not null
                then 1
            else 0
        end as is_new

    from states

    left join states as previous
        on states.previous_item_key = previous.item_key

    left join changed
        on states.item_key = changed.item_key

),

numbered as (

    select
        *,
        sum(is_new) over (
            partition by resource_key
            order by version_number asc
            rows between unbounded preceding and current row
        ) as number

    from marked

),

spans as (

    select
        resource_key,
        number,
        sum(items_count) as items_count,
        max(last_captured_at) as last_captured_at,
        max(superseded_at) as last_superseded_at,
        max(case when superseded_at is null then 1 else 0 end) = 1 as is_latest

    from numbered

    group by
        resource_key,
        number

),

versions as (

    select

        ---------- ids
        numbered.item_key,
        lag(numbered.item_key) over resource_versions as previous_item_key,
        numbered.resource_key,
        numbered.account_id,
        numbered.resource_id,
        numbered.state_id,

        ---------- strings
        numbered.aws_region,
        numbered.resource_type,
        numbered.resource_name,
        numbered.resource_arn,
        numbered.item_status,
        numbered.availability_zone,
        numbered.state_hash,
        numbered.compared_state_hash,

        ---------- numerics
        cast(numbered.number as bigint) as version_number,
        numbered.life_number,
        cast(spans.items_count as bigint) as items_count,

        ---------- booleans
        numbered.is_deleted,
        numbered.is_first_of_life,

        ---------- timestamps
        numbered.captured_at,
        spans.last_captured_at,
        case when not spans.is_latest then spans.last_superseded_at end as superseded_at,
        numbered.resource_created_at

    from numbered

    inner join spans
        on
            numbered.resource_key = spans.resource_key
            and numbered.number = spans.number

    where numbered.is_new = 1

    window resource_versions as (
        partition by numbered.resource_key
        order by numbered.number asc
    )

)

select * from versions
