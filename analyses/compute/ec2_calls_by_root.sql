select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    is_read_only,
    outcome,
    error_code,
    actor_arn,
    source_ip_address,
    user_agent,
    is_mfa_authenticated,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    event_source = 'ec2.amazonaws.com'
    and actor_type = 'Root'
    and invoked_by is null
    and ({{ argument('reads') }} or not is_read_only)
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
order by
    occurred_at desc,
    event_key asc
