select
    service,
    event_name,
    account_id,
    actor,
    actor_arn,
    source_ip_address,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ matches('service', '(bedrock|codewhisperer|q|qapps|qbusiness|sagemaker)(-.*)?') }}
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('source_ip_address', 'address') }}
    and {{ asked_actor() }}
group by
    service,
    event_name,
    account_id,
    actor,
    actor_arn,
    source_ip_address
order by
    count(*) desc,
    service asc,
    event_name asc,
    account_id asc,
    actor asc,
    actor_arn asc,
    source_ip_address asc
