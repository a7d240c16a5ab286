select
    insight_type,
    count(distinct shared_event_id) as insights_count,
    count(distinct event_source || ' ' || event_name) as apis_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_insights') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
group by insight_type
order by
    count(distinct shared_event_id) desc,
    insight_type asc
