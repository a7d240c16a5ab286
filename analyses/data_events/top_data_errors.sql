select
    service,
    event_name,
    error_code,
    outcome,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_category = 'Data'
    and error_code is not null
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by
    service,
    event_name,
    error_code,
    outcome
order by
    count(*) desc,
    service asc,
    event_name asc,
    error_code asc
