select
    occurred_at,
    coalesce({{ element_at('request_parameters', 'projectArn') }}, {{ element_at('request_parameters', 'name') }}) as project,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'codebuild.amazonaws.com'
    and event_name = 'UpdateProjectVisibility'
    and {{ element_at('request_parameters', 'projectVisibility') }} = 'PUBLIC_READ'
    and outcome = 'succeeded'
    and {{ asked_for('account_id', 'account') }}
order by
    occurred_at desc,
    event_key asc
