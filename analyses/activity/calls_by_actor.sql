select
    actor,
    actor_type,
    account_id,
    max(actor_arn) as actor_arn,
    count(*) as events_count,
    sum(case when is_read_only then 0 else 1 end) as writes_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct service) as services_count,
    count(distinct source_ip_address) as addresses_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('outcome', 'outcome') }}
group by
    actor,
    actor_type,
    account_id
order by
    events_count desc,
    actor asc,
    account_id asc,
    actor_type asc
