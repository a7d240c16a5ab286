with

begun as (

    select
        cast(date_trunc({{ argument('period') }}, occurred_at) as timestamp) as period_starts_at,
        insight_type,
        shared_event_id

    from {{ ref('fct_insights') }}

    where
        insight_state = 'Start'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    period_starts_at,
    insight_type,
    count(distinct shared_event_id) as insights_count
from begun
group by
    period_starts_at,
    insight_type
order by
    period_starts_at asc,
    insight_type asc
