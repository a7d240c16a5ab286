select
    account_id,
    count(*) as events_count,
    sum(case when is_read_only then 0 else 1 end) as writes_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct actor) as callers_count,
    count(distinct service) as services_count,
    count(distinct aws_region) as regions_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
group by account_id
order by
    events_count desc,
    account_id asc
