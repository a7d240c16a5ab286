with

calls as (

    select
        cast(date_trunc({{ argument('period') }}, occurred_at) as timestamp) as period_starts_at,
        outcome

    from {{ ref('fct_events') }}

    where
        event_source = 'ec2.amazonaws.com'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    period_starts_at,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count
from calls
group by period_starts_at
order by period_starts_at asc
