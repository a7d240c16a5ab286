select
    occurred_at,
    event_name,
    outcome,
    actor,
    actor_type,
    access_key_id,
    {{ element_at('request_parameters', 'roleArn') }} as role_arn,
    {{ element_at('request_parameters', 'roleSessionName') }} as role_session_name,
    {{ json_value_text('response_elements', ['credentials', 'accessKeyId']) }} as session_key_id,
    account_id,
    source_ip_address,
    error_message,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'sts.amazonaws.com'
    and event_name in (
        'AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot'
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('access_key_id', 'key') }}
    and {{ asked_for([element_at('request_parameters', 'roleArn'), 'resources'], 'role', by='part') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
