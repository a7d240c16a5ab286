select
    tls_version,
    service,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and tls_version is not null
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    tls_version,
    service
order by
    tls_version asc,
    events_count desc,
    service asc
