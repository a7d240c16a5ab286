select
    person,
    session_issuer_name,
    account_id,
    count(*) as events_count,
    sum(case when is_read_only then 0 else 1 end) as writes_count,
    sum(case when outcome = 'denied' then 1 else 0 end) as denied_count,
    count(distinct service) as services_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and actor_type = 'AssumedRole'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('person', 'person') }}
group by
    person,
    session_issuer_name,
    account_id
having
    -- Asked of a group, not of each event, whose identity would be opened for it once more.
    max(person) is not null
order by
    last_called_at desc,
    person asc,
    session_issuer_name asc,
    account_id asc
