select
    value as user_arn,
    insight_type,
    count(distinct shared_event_id) as insights_count,
    max(insight_average) as highest_average,
    max(baseline_average) as usual_average,
    max(occurred_at) as last_called_at
from {{ ref('fct_insight_attributions') }}
where
    attribute = 'userIdentityArn'
    and insight_average is not null
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('insight_type', 'type') }}
group by
    value,
    insight_type
order by
    count(distinct shared_event_id) desc,
    max(insight_average) desc,
    value asc,
    insight_type asc
