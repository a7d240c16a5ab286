select
    occurred_at,
    session_name,
    session_issuer_name,
    account_id,
    aws_region,
    event_source,
    event_name,
    outcome,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and actor_type = 'AssumedRole'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('session_issuer_arn', 'role', by='part') }}
    and {{ asked_for('session_name', 'session') }}
order by
    occurred_at desc,
    event_key asc
