select
    session_issuer_arn as role_arn,
    account_id,
    outcome,
    count(*) as events_count,
    count(distinct session_name) as sessions_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'sts.amazonaws.com'
    and event_name = 'AssumeRole'
    and session_issuer_arn = {{ element_at('request_parameters', 'roleArn') }}
    and {{ asked_for('account_id', 'account') }}
group by
    session_issuer_arn,
    account_id,
    outcome
order by
    events_count desc,
    role_arn asc,
    account_id asc,
    outcome asc
