select
    session_name as person,
    account_id,
    session_issuer_name,
    service,
    event_name,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and session_issuer_name like 'AWSReservedSSO@_%' escape '@'
    and {{ asked_for('session_name', 'user') }}
    and {{ asked_for('account_id', 'account') }}
group by
    session_name,
    account_id,
    session_issuer_name,
    service,
    event_name
order by
    events_count desc,
    person asc,
    account_id asc,
    session_issuer_name asc,
    service asc,
    event_name asc
