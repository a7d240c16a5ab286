select
    aws_region,
    account_id,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count
from {{ ref('fct_events') }}
where
    event_category = 'Data'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('account_id', 'account') }}
group by
    aws_region,
    account_id
order by
    count(*) desc,
    aws_region asc,
    account_id asc
