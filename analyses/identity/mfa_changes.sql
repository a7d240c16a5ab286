select
    occurred_at,
    event_name,
    event_name in ('DeactivateMFADevice', 'DeleteVirtualMFADevice') as is_turned_off,
    coalesce(
        {{ element_at('request_parameters', 'userName') }},
        {{ first_match(element_at('request_parameters', 'serialNumber'), ':mfa/(?:.*/)?([^/]+)$') }}
    ) as changed_user_name,
    {{ element_at('request_parameters', 'serialNumber') }} as serial_number,
    outcome,
    actor,
    actor_arn,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source in ('iam.amazonaws.com', 'sso-directory.amazonaws.com')
    and event_name in (
        'DeactivateMFADevice', 'DeleteMfaDeviceForUser', 'DeleteVirtualMFADevice',
        'EnableMFADevice', 'ResyncMFADevice'
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('event_name', 'event') }}
order by
    occurred_at desc,
    event_key asc
