select
    vpc_endpoint_id,
    vpc_endpoint_account_id,
    account_id,
    service,
    event_name,
    actor,
    actor_arn,
    source_ip_address,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_category = 'NetworkActivity'
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
    actor,
    actor_arn,
    source_ip_address
order by
    count(*) desc,
    vpc_endpoint_id asc,
    service asc,
    event_name asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc
