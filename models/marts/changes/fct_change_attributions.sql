{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_said',
    post_hook="{{ mark_changes_said() }}",
) }}

with

found as (

    select *

    from {{ ref('int_change_causes') }}

    where {{ is_to_be_said('change_id') }}

),

-- A neighbour's key tells its type and its id, whether an item shows it or not.
causes as (

    select
        *,
        split_part(neighbour_key, '|', 3) as neighbour_type,
        {{ first_match('neighbour_key', '^[^|]*\\|[^|]*\\|[^|]*\\|(.*)$') }} as neighbour_id

    from found

),

attributions as (

    select

        ---------- ids
        changes.change_id || '|' || coalesce(causes.event_key, '-') as attribution_id,
        changes.change_id,
        changes.account_id,
        changes.resource_id,
        writes.event_key,
        writes.event_id,

        ---------- strings
        changes.aws_region,
        changes.resource_type,
        changes.resource_name,
        changes.change_kind,
        verdicts.match_kind,
        case
            when causes.found_by = 'gave_the_value'
                then 'the call asked for the value that came, or took the one that went'
            when causes.found_by = 'about_the_property'
                then 'the call is about the property that changed'
            when causes.found_by = 'about_the_resource'
                then 'the last call about the resource before it was seen changed'
            when causes.found_by = 'turning_point' and changes.change_kind = 'deleted'
                then 'the call deletes this resource'
            when causes.found_by = 'turning_point' then 'the call makes this resource'
            when causes.found_by = 'since_the_birth'
                then 'called about the resource between its making and its first item'
            when causes.found_by = 'death_before'
                then 'ended the life before this one, which no item shows as ended'
            when causes.found_by = 'made_again'
                then 'made the resource again after it was deleted, between two sights of it'
            when causes.found_by = 'neighbour'
                then 'the call is about a neighbour: ' || causes.neighbour_type || ' '
                || causes.neighbour_id
            when verdicts.match_kind = 'none'
                then 'the logs of that time are here, and no call in them explains the change'
            else 'the logs of that account, region and time are not here'
        end as reasons,
        causes.neighbour_type,
        causes.neighbour_id,
        writes.event_source,
        writes.event_name,
        writes.actor_arn,
        writes.actor_type,
        writes.person,
        writes.invoked_by,
        writes.source_ip_address,
        writes.user_agent,

        ---------- numerics
        case
            when causes.event_key is not null then causes.confidence
            when verdicts.match_kind = 'none' then cast(0.9 as double)
            else cast(0 as double)
        end as confidence,
        {{ dbt.datediff('writes.occurred_at', 'changes.captured_at', 'second') }} as lag_seconds,

        ---------- timestamps
        changes.captured_at,
        writes.occurred_at

    from {{ ref('int_configuration_changes') }} as changes

    inner join {{ ref('int_change_verdicts') }} as verdicts
        on changes.change_id = verdicts.change_id

    left join causes
        on changes.change_id = causes.change_id

    left join {{ ref('int_writes') }} as writes
        on causes.event_key = writes.event_key

    where {{ is_to_be_said('changes.change_id') }}

)

select * from attributions
