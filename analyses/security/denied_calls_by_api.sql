select
    event_source,
    event_name,
    error_code,
    count(*) as denied_count,
    count(distinct actor) as callers_count,
    count(distinct account_id) as accounts_count,
    max_by(actor, occurred_at) as last_denied_actor,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome = 'denied'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_actor() }}
group by
    event_source,
    event_name,
    error_code
order by
    denied_count desc,
    event_source asc,
    event_name asc,
    error_code asc
