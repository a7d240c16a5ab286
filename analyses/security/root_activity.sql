select
    occurred_at,
    account_id,
    event_source,
    event_name,
    outcome,
    is_mfa_authenticated,
    aws_region,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and actor_type = 'Root'
    and invoked_by is null
    and coalesce(event_type, '') <> 'AwsServiceEvent'
    and {{ asked_for('account_id', 'account') }}
order by
    occurred_at desc,
    event_key asc
