select
    occurred_at,
    {{ element_at('request_parameters', 'userName') }} as exposed_user_name,
    event_name,
    coalesce({{ element_at('request_parameters', 'policyName') }}, {{ element_at('request_parameters', 'policyArn') }})
        as policy,
    access_key_id,
    actor,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'iam.amazonaws.com'
    and event_name in ('AttachUserPolicy', 'PutUserPolicy')
    and (
        {{ element_at('request_parameters', 'policyName') }}
        = 'AWSExposedCredentialPolicy_DO_NOT_REMOVE'
        or {{ element_at('request_parameters', 'policyArn') }}
        like '%AWSCompromisedKeyQuarantine%'
    )
    and {{ asked_for('account_id', 'account') }}
order by
    occurred_at desc,
    event_key asc
