select
    occurred_at,
    person,
    session_issuer_name,
    account_id,
    aws_region,
    service,
    event_name,
    outcome,
    error_code,
    request_parameters,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and session_issuer_name like 'AWSReservedSSO@_%' escape '@'
    and {{ asked_for('session_name', 'user') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('outcome', 'outcome') }}
    and (not coalesce({{ argument('writes_only') }}, false) or not coalesce(is_read_only, false))
order by
    occurred_at desc,
    event_key asc
