select
    source_ip_address,
    account_id,
    actor,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct service) as services_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('source_ip_address', 'address') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and ({{ argument('known') }} is null or account_id <> {{ argument('known') }})
group by
    source_ip_address,
    account_id,
    actor
order by
    events_count desc,
    source_ip_address asc,
    account_id asc,
    actor asc
