with

spans as (

    select
        shared_event_id,
        account_id,
        aws_region,
        insight_type,
        event_source,
        event_name,
        max(error_code) as error_code,
        min(case when insight_state = 'Start' then occurred_at end) as started_at,
        max(case when insight_state = 'End' then occurred_at end) as ended_at,
        max(baseline_average) as baseline_average,
        max_by(insight_average, occurred_at) as insight_average,
        max(insight_minutes) as insight_minutes

    from {{ ref('fct_insights') }}

    where
        {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_for('insight_type', 'type') }}
        and {{ asked_for('event_name', 'event') }}

    group by
        shared_event_id,
        account_id,
        aws_region,
        insight_type,
        event_source,
        event_name

)

select
    started_at,
    ended_at,
    account_id,
    aws_region,
    insight_type,
    event_source,
    event_name,
    error_code,
    baseline_average,
    insight_average,
    round(insight_average / nullif(baseline_average, 0), 1) as times_usual,
    insight_minutes,
    shared_event_id
from spans
where {{ within('coalesce(started_at, ended_at)', var('since', none), var('until', none)) }}
order by
    coalesce(started_at, ended_at) desc,
    shared_event_id asc
