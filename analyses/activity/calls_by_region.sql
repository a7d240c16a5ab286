with

counted as (

    select
        aws_region,
        service,
        count(*) as events_count,
        sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
        count(distinct account_id) as accounts_count

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('service', 'service') }}

    group by
        aws_region,
        service

)

select
    aws_region,
    service,
    events_count,
    errors_count,
    accounts_count,
    sum(events_count) over (partition by aws_region) as region_events_count
from counted
order by
    region_events_count desc,
    aws_region asc,
    events_count desc,
    service asc
