select
    {{ element_at('request_parameters', 'roleArn') }} as role_arn,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct actor) as actors_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'sts.amazonaws.com'
    and event_name in ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')
    and {{ element_at('request_parameters', 'roleArn') }} is not null
    and {{ asked_for('account_id', 'account') }}
group by {{ element_at('request_parameters', 'roleArn') }}
order by
    events_count desc,
    role_arn asc
