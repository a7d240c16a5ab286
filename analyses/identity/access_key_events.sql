select
    occurred_at,
    access_key_id,
    actor,
    account_id,
    aws_region,
    event_source,
    event_name,
    outcome,
    error_code,
    resources,
    request_parameters,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and access_key_id is not null
    and {{ asked_for('access_key_id', 'key') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('source_ip_address', 'address') }}
order by
    occurred_at desc,
    event_key asc
