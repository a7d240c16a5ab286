select
    service,
    event_name,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    not is_read_only
    and coalesce(event_category, 'Management') = 'Management'
    and {{ ends_something('event_name') }}
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by
    service,
    event_name
order by
    count(*) desc,
    service asc,
    event_name asc
