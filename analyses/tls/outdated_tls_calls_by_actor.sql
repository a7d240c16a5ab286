select
    actor,
    actor_type,
    account_id,
    tls_version,
    service,
    user_agent,
    source_ip_address,
    count(*) as events_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    -- SSLv3, TLSv1, TLSv1.1, ...: their names are in the order of their age.
    and tls_version < {{ argument('below') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
group by
    actor,
    actor_type,
    account_id,
    tls_version,
    service,
    user_agent,
    source_ip_address
order by
    events_count desc,
    actor asc,
    account_id asc,
    tls_version asc,
    service asc,
    user_agent asc,
    source_ip_address asc
