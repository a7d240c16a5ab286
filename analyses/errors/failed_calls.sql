select
    occurred_at,
    event_source,
    event_name,
    outcome,
    error_code,
    error_message,
    actor,
    account_id,
    aws_region,
    source_ip_address,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome <> 'succeeded'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('error_code', 'code') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
