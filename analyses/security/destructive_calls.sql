select
    occurred_at,
    actor,
    event_source,
    event_name,
    outcome,
    error_code,
    request_parameters,
    invoked_by,
    account_id,
    aws_region,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and not coalesce(is_read_only, false)
    and {{ destroys_something('event_name') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
