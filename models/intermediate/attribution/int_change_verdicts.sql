{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_said',
    post_hook="{{ mark_changes_said() }}",
) }}

-- Logs of a place that has events in most hours are missing in an hour without; a quiet place has
-- such hours. Where so many are missing that the place seems quiet, other days have events in that
-- very hour: nights without are nights of every day.
{%- set busy_hours = 20 %}
{%- set half_a_day = interval_seconds(12 * 3600) %}
{%- set other_days = [-3, -2, -1, 1, 2, 3] %}
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
        sum(
            case
                when
                    counted.hour_starts_at
                    between unexplained.last_hour - {{ half_a_day }}
                    and unexplained.last_hour + {{ half_a_day }}
                    then 1
                else 0
            end
        ) as hours_count,
        count(distinct
            case
                when
                    cast(counted.hour_starts_at as date) in (
                        {%- for number in other_days %}
                        cast(unexplained.last_hour + {{ interval_seconds(number * 86400) }} as date)
                        {{- ',' if not loop.last }}
                        {%- endfor %}
                    )
                    then cast(counted.hour_starts_at as date)
            end
        ) as other_days_count
        {%- for hour in ['first_hour', 'last_hour'] %},
        sum(
            case
                when
                    counted.hour_starts_at in (
                        {%- for number in other_days %}
                        unexplained.{{ hour }} + {{ interval_seconds(number * 86400) }}
                        {{- ',' if not loop.last }}
                        {%- endfor %}
                    )
                    then 1
                else 0
            end
        ) as other_{{ hour }}s_count
        {%- endfor %}

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

gaps as (

    select
        *,
        other_days_count >= 2
        and (
            (has_first_hour = 0 and 4 * other_first_hours_count >= 3 * other_days_count)
            or (has_last_hour = 0 and 4 * other_last_hours_count >= 3 * other_days_count)
        ) as is_in_gap

    from logs

),

verdicts as (

    select
        changes.change_id,
        case
            when causes.direct_count = 0 then 'indirect'
            when causes.causes_count = 1 then 'exact'
            when causes.causes_count > 1 then 'shared'
            when gaps.has_first_hour + gaps.has_last_hour = 2 then 'none'
            when gaps.is_in_gap then 'no_logs'
            when gaps.hours_count > 0 and gaps.hours_count < {{ busy_hours }} then 'none'
            else 'no_logs'
        end as match_kind,
        coalesce(causes.actors_count, 0) as actors_count,
        coalesce(causes.causes_count, 0) as causes_count

    from changes

    left join causes
        on changes.change_id = causes.change_id

    left join gaps
        on changes.change_id = gaps.change_id

)

select * from verdicts
