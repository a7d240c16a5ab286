select
    error_code,
    outcome,
    count(*) as errors_count,
    count(distinct service) as services_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and error_code is not null
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_actor() }}
group by
    error_code,
    outcome
order by
    errors_count desc,
    error_code asc,
    outcome asc
