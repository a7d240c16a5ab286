select
    access_key_id,
    actor,
    account_id,
    service,
    event_name,
    count(*) as events_count,
    count(distinct source_ip_address) as addresses_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and access_key_id is not null
    and outcome = 'succeeded'
    and {{ asked_for('access_key_id', 'key') }}
    and {{ asked_for('account_id', 'account') }}
group by
    access_key_id,
    actor,
    account_id,
    service,
    event_name
order by
    events_count desc,
    access_key_id asc,
    actor asc,
    account_id asc,
    service asc,
    event_name asc
