{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_said',
    post_hook="{{ mark_changes_said() }}",
) }}

-- Logs of a place that has events in most hours are missing in an hour without; a quiet place has
-- such hours.
{%- set busy_hours = 20 %}
{%- set around = interval_seconds(hours_of_logs() * 3600) %}
with

changes as (

    select
        change_id,
        account_id,
        -- Global services log in one region.
        case when aws_region = 'global' then 'us-east-1' else aws_region end as log_region,
        {{ dbt.date_trunc('hour', 'captured_at') }} as last_hour,
        {{ dbt.date_trunc('hour', 'captured_at - ' ~ interval_seconds(var('continuous_capture_seconds'))) }}
            as first_hour,
        captured_at,
        previous_seen_at

    from {{ ref('int_configuration_changes') }}

    where {{ is_to_be_said('change_id') }}

),

causes as (

    select
        causes.change_id,
        sum(case when causes.found_by = 'neighbour' then 0 else 1 end) as direct_count,
        count(*) as causes_count,
        count(distinct coalesce(writes.actor_arn, writes.invoked_by, writes.event_key))
            as actors_count,
        min(causes.confidence) as confidence

    from {{ ref('int_change_causes') }} as causes

    inner join {{ ref('int_writes') }} as writes
        on causes.event_key = writes.event_key

    where causes.change_id in (select change_id from changes)

    group by causes.change_id

),

unexplained as (

    select changes.*

    from changes

    left join causes
        on changes.change_id = causes.change_id

    where causes.change_id is null

),

logs as (

    select
        unexplained.change_id,
        max(
            case
                when
                    counted.hour_starts_at = unexplained.first_hour
                    or unexplained.previous_seen_at >= unexplained.last_hour
                    then 1
                else 0
            end
        ) as has_first_hour,
        max(case when counted.hour_starts_at = unexplained.last_hour then 1 else 0 end)
            as has_last_hour,
        count(counted.hour_starts_at) as hours_count

    from unexplained

    left join {{ ref('int_events_counted') }} as counted
        on
            unexplained.account_id = counted.account_id
            and unexplained.log_region = counted.aws_region
            and counted.hour_starts_at
            >= unexplained.last_hour - {{ around }}
            and counted.hour_starts_at
            <= unexplained.last_hour + {{ around }}

    group by unexplained.change_id

),

verdicts as (

    select
        changes.change_id,
        case
            when causes.direct_count = 0 then 'indirect'
            when causes.causes_count = 1 then 'exact'
            when causes.causes_count > 1 then 'shared'
            when logs.has_first_hour + logs.has_last_hour = 2 then 'none'
            when logs.hours_count > 0 and logs.hours_count < {{ busy_hours }} then 'none'
            else 'no_logs'
        end as match_kind,
        coalesce(causes.actors_count, 0) as actors_count,
        coalesce(causes.causes_count, 0) as causes_count

    from changes

    left join causes
        on changes.change_id = causes.change_id

    left join logs
        on changes.change_id = logs.change_id

)

select * from verdicts
