select
    occurred_at,
    user_name,
    {{ element_at('service_event_details', 'account_id') }} as federated_account_id,
    {{ element_at('service_event_details', 'role_name') }} as permission_set,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'sso.amazonaws.com'
    and event_name = 'Federate'
    and {{ asked_for('user_name', 'user') }}
    and {{ asked_for(element_at('service_event_details', 'account_id'), 'account') }}
order by
    occurred_at desc,
    event_key asc
