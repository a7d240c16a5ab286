select
    occurred_at,
    session_issuer_name,
    session_name,
    person,
    account_id,
    aws_region,
    event_source,
    event_name,
    resources,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and actor_type in ('AssumedRole', 'Role')
    and outcome = 'succeeded'
    and {{ asked_for(['session_issuer_arn', 'actor_arn'], 'role', by='part') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
order by
    occurred_at desc,
    event_key asc
