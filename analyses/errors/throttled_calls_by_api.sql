select
    event_source,
    event_name,
    account_id,
    aws_region,
    error_code,
    count(*) as throttled_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome = 'throttled'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
group by
    event_source,
    event_name,
    account_id,
    aws_region,
    error_code
order by
    throttled_count desc,
    event_source asc,
    event_name asc,
    account_id asc,
    aws_region asc,
    error_code asc
