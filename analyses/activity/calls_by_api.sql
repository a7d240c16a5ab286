select
    event_source,
    event_name,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct account_id) as accounts_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_actor() }}
group by
    event_source,
    event_name
order by
    events_count desc,
    event_source asc,
    event_name asc
