select
    event_source,
    insight_type,
    count(distinct shared_event_id) as insights_count,
    count(distinct event_name) as apis_count,
    max(insight_average) as highest_average,
    max(occurred_at) as last_called_at
from {{ ref('fct_insights') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('insight_type', 'type') }}
group by
    event_source,
    insight_type
order by
    count(distinct shared_event_id) desc,
    event_source asc,
    insight_type asc
