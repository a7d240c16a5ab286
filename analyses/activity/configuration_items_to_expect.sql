select
    account_id,
    aws_region,
    service,
    count(*) as writes_count,
    count(distinct event_date) as days_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and is_read_only = false
    and outcome = 'succeeded'
    and coalesce(event_category, 'Management') = 'Management'
    and {{ asked_for('account_id', 'account') }}
group by
    account_id,
    aws_region,
    service
order by
    writes_count desc,
    account_id asc,
    aws_region asc,
    service asc
