select
    access_key_id,
    case
        when access_key_id like 'AKIA%' then 'long-lived key'
        when access_key_id like 'ASIA%' then 'session'
        else 'none'
    end as credential_type,
    actor,
    actor_type,
    account_id,
    count(*) as events_count,
    sum(case when outcome = 'denied' then 1 else 0 end) as denied_count,
    count(distinct service) as services_count,
    count(distinct source_ip_address) as addresses_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_actor() }}
group by
    access_key_id,
    actor,
    actor_type,
    account_id
having
    -- Asked of a group, not of each event, whose identity would be opened for it once more.
    max(actor_type) not in ('AWSService', 'AWSAccount')
order by
    last_called_at desc,
    access_key_id asc,
    actor asc,
    account_id asc,
    actor_type asc
