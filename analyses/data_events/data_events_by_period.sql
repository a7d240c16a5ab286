with

calls as (

    select
        cast(date_trunc({{ argument('period') }}, occurred_at) as timestamp) as period_starts_at,
        service,
        outcome,
        is_read_only

    from {{ ref('fct_events') }}

    where
        event_category = 'Data'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    period_starts_at,
    service,
    count(case when is_read_only then 1 end) as reads_count,
    count(case when is_read_only then null else 1 end) as writes_count,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count
from calls
group by
    period_starts_at,
    service
order by
    period_starts_at asc,
    service asc
