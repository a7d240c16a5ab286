select
    occurred_at,
    outcome,
    actor,
    actor_type,
    actor_arn,
    account_id,
    aws_region,
    {{ element_at('additional_event_data', 'MFAUsed') }} as mfa_used,
    source_ip_address,
    error_message,
    user_agent,
    {{ element_at('additional_event_data', 'LoginTo') }} as login_to,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'signin.amazonaws.com'
    and event_name = 'ConsoleLogin'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_for(element_at('additional_event_data', 'MFAUsed'), 'mfa') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
