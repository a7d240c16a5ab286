select
    min(occurred_at) as first_called_at,
    actor,
    account_id,
    event_source,
    event_name,
    error_code,
    count(*) as errors_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    outcome <> 'succeeded'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    actor,
    account_id,
    event_source,
    event_name,
    error_code
having {{ within('min(occurred_at)', var('since', none), var('until', none)) }}
order by
    first_called_at desc,
    event_source asc,
    event_name asc,
    actor asc,
    account_id asc,
    error_code asc
