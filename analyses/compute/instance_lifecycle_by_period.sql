with

calls as (

    select
        cast(date_trunc({{ argument('period') }}, occurred_at) as timestamp) as period_starts_at,
        event_name,
        outcome = 'succeeded' as is_done

    from {{ ref('fct_events') }}

    where
        event_source = 'ec2.amazonaws.com'
        and event_name in (
            'RunInstances', 'StartInstances', 'StopInstances', 'RebootInstances', 'TerminateInstances'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    period_starts_at,
    count(case when is_done and event_name = 'RunInstances' then 1 end) as launches_count,
    count(case when is_done and event_name = 'StartInstances' then 1 end) as starts_count,
    count(case when is_done and event_name = 'StopInstances' then 1 end) as stops_count,
    count(case when is_done and event_name = 'RebootInstances' then 1 end) as reboots_count,
    count(case when is_done and event_name = 'TerminateInstances' then 1 end) as terminations_count,
    count(case when is_done then null else 1 end) as refused_count
from calls
group by period_starts_at
order by period_starts_at asc
