select
    occurred_at,
    event_name,
    outcome,
    user_name,
    identity_center_user_id,
    account_id,
    source_ip_address,
    user_agent,
    service_event_details,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and (
        (event_source = 'sso.amazonaws.com' and event_name = 'Authenticate')
        or (
            event_source = 'signin.amazonaws.com'
            and event_name in ('UserAuthentication', 'CredentialChallenge', 'CredentialVerification')
        )
    )
    and {{ asked_for('user_name', 'user') }}
order by
    occurred_at desc,
    event_key asc
