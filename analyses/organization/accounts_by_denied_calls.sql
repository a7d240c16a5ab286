select
    account_id,
    sum(case when outcome = 'denied' then 1 else 0 end) as denied_count,
    count(*) as events_count,
    round(avg(case when outcome = 'denied' then 1.0 else 0.0 end), 4) as denied_share,
    count(distinct case when outcome = 'denied' then actor end) as callers_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('service', 'service') }}
group by account_id
having sum(case when outcome = 'denied' then 1 else 0 end) > 0
order by
    denied_count desc,
    account_id asc
