select
    service,
    count(*) as events_count,
    sum(case when is_read_only then 0 else 1 end) as writes_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct event_name) as names_count,
    count(distinct account_id) as accounts_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
group by service
order by
    events_count desc,
    service asc
