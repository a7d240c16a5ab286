select
    occurred_at,
    actor,
    event_source,
    event_name,
    outcome,
    account_id,
    aws_region,
    is_mfa_authenticated,
    source_ip_address,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and is_from_console
    and not is_read_only
    and event_type = 'AwsApiCall'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
