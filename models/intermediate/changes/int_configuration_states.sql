{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_shown',
    meta={'category': 'configuration_items'},
    post_hook="{{ mark_resources_shown() }}",
) }}

{%- set rules = ["'" ~ var('clock_slack_seconds') ~ "'"] -%}
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
with

items as (

    select
        item_key,
        {{ resource_key() }} as resource_key,
        resource_created_at,
        captured_at,
        state_id,
        is_deleted,
        state_hash

    from {{ ref('int_configuration_items_deduplicated') }}

    where
        is_primary
        and {{ is_shown_anew(resource_key(), rules) }}

),

ordered as (

    select
        *,
        row_number() over resource_items as item_number,
        lag(state_hash) over resource_items as previous_state_hash,
        lag(is_deleted) over resource_items as was_deleted,
        lag(captured_at) over resource_items as previous_captured_at,
        max(resource_created_at) over (
            partition by resource_key
            order by captured_at asc, length(state_id) asc nulls first, state_id asc, item_key asc
            rows between unbounded preceding and 1 preceding
        ) as known_created_at

    from items

    window resource_items as (
        partition by resource_key
        order by captured_at asc, length(state_id) asc nulls first, state_id asc, item_key asc
    )

),

marked as (

    select
        *,
        previous_state_hash is distinct from state_hash as is_new_version,
        -- A life begins with the first sight, after a deletion, and with a newer creation time.
        -- One that is newer by a second or less is the same, told with another precision; one
        -- that lies before the last capture cannot be of a resource made since; and an old one
        -- right after a deletion is a copy that came late. Later it is of what was restored.
        case
            when previous_state_hash is null then 1
            when
                was_deleted
                and not is_deleted
                and (
                    coalesce(
                        resource_created_at > known_created_at + {{ interval_seconds(1) }}, true
                    )
                    or captured_at > previous_captured_at + {{ slack }}
                )
                then 1
            when
                resource_created_at > known_created_at + {{ interval_seconds(1) }}
                and resource_created_at > previous_captured_at - {{ slack }}
                then 1
            else 0
        end as is_new_life

    from ordered

),

numbered as (

    select
        *,
        sum(case when is_new_version then 1 else 0 end) over (
            partition by resource_key
            order by item_number asc
            rows between unbounded preceding and current row
        ) as version_number,
        sum(is_new_life) over (
            partition by resource_key
            order by item_number asc
            rows between unbounded preceding and current row
        ) as life_number

    from marked

),

folded as (

    select
        resource_key,
        version_number,
        min(life_number) as life_number,
        min(item_number) as first_item_number,
        max(captured_at) as last_captured_at,
        count(*) as items_count

    from numbered

    group by
        resource_key,
        version_number

),

firsts as (

    select
        folded.*,
        numbered.item_key,
        lag(numbered.item_key) over resource_versions as previous_item_key,
        numbered.state_hash,
        lag(folded.life_number) over resource_versions as previous_life_number,
        lag(numbered.state_hash) over resource_versions as previous_state_hash,
        lag(numbered.is_deleted) over resource_versions as was_deleted,
        lead(numbered.captured_at) over resource_versions as superseded_at

    from folded

    inner join numbered
        on
            folded.resource_key = numbered.resource_key
            and folded.first_item_number = numbered.item_number

    window resource_versions as (
        partition by folded.resource_key
        order by folded.version_number asc
    )

),

versions as (

    select

        ---------- ids
        firsts.item_key,
        firsts.previous_item_key,
        firsts.resource_key,
        items.account_id,
        items.resource_id,
        items.state_id,

        ---------- strings
        items.aws_region,
        items.resource_type,
        items.resource_name,
        items.resource_arn,
        items.item_status,
        items.availability_zone,
        firsts.state_hash,
        case
            when
                firsts.previous_life_number = firsts.life_number
                and not firsts.was_deleted
                and not items.is_deleted
                then firsts.previous_state_hash
        end as compared_state_hash,

        ---------- numerics
        cast(firsts.version_number as bigint) as version_number,
        cast(firsts.life_number as bigint) as life_number,
        firsts.items_count,

        ---------- booleans
        items.is_deleted,
        firsts.previous_life_number is distinct from firsts.life_number as is_first_of_life,

        ---------- timestamps
        items.captured_at,
        firsts.last_captured_at,
        firsts.superseded_at,
        items.resource_created_at

    from firsts

    inner join {{ ref('int_configuration_items_deduplicated') }} as items
        on
            firsts.item_key = items.item_key
            and items.is_primary

)

select * from versions
