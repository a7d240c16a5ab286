select
    service,
    event_name,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    sum(case when outcome = 'denied' then 1 else 0 end) as denied_count,
    sum(case when outcome = 'throttled' then 1 else 0 end) as throttled_count,
    count(*) as events_count,
    round(avg(case when outcome = 'succeeded' then 0.0 else 1.0 end), 4) as error_share
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    service,
    event_name
having sum(case when outcome = 'succeeded' then 0 else 1 end) > 0
order by
    errors_count desc,
    service asc,
    event_name asc
