select
    session_issuer_name,
    account_id,
    service,
    event_name,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct session_name) as sessions_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and actor_type = 'AssumedRole'
    and {{ asked_for('session_issuer_arn', 'role', by='part') }}
    and {{ asked_for('account_id', 'account') }}
group by
    session_issuer_name,
    account_id,
    service,
    event_name
order by
    events_count desc,
    session_issuer_name asc,
    account_id asc,
    service asc,
    event_name asc
