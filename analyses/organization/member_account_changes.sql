select
    occurred_at,
    event_name,
    outcome,
    coalesce(
        {{ element_at('request_parameters', 'accountId') }},
        {{ json_value_text('request_parameters', ['target', 'id']) }},
        {{ json_value_text('service_event_details', ['createAccountStatus', 'accountId']) }},
        {{ element_at('request_parameters', 'accountName') }}
    ) as member,
    {{ element_at('request_parameters', 'destinationParentId') }} as destination,
    actor,
    account_id,
    source_ip_address,
    error_message,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'organizations.amazonaws.com'
    and event_name in (
        'AcceptHandshake', 'CancelHandshake', 'CloseAccount', 'CloseAccountResult',
        'CreateAccount', 'CreateAccountResult', 'CreateGovCloudAccount', 'DeclineHandshake',
        'DeregisterDelegatedAdministrator', 'InviteAccountToOrganization', 'LeaveOrganization',
        'MoveAccount', 'RegisterDelegatedAdministrator', 'RemoveAccountFromOrganization'
    )
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
