select
    vpc_endpoint_id,
    vpc_endpoint_account_id,
    account_id,
    service,
    event_name,
    error_message,
    actor,
    actor_arn,
    actor_account_id,
    source_ip_address,
    count(*) as events_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_category = 'NetworkActivity'
    and error_code = 'VpceAccessDenied'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_actor() }}
    and {{ asked_for('vpc_endpoint_id', 'endpoint') }}
group by
    vpc_endpoint_id,
    vpc_endpoint_account_id,
    account_id,
    service,
    event_name,
    error_message,
    actor,
    actor_arn,
    actor_account_id,
    source_ip_address
order by
    count(*) desc,
    vpc_endpoint_id asc,
    service asc,
    event_name asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc,
    error_message asc
