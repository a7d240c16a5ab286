select
    occurred_at,
    event_name,
    coalesce({{ element_at('request_parameters', 'userName') }}, user_name)
        as changed_user_name,
    {{ json_value_text('response_elements', ['accessKey', 'accessKeyId']) }} as made_key_id,
    {{ element_at('request_parameters', 'groupName') }} as group_name,
    outcome,
    error_code,
    actor,
    actor_arn,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'iam.amazonaws.com'
    and not coalesce(is_read_only, false)
    and (
        event_name in (
            'AddUserToGroup', 'ChangePassword', 'CreateAccessKey', 'CreateLoginProfile',
            'CreateUser', 'DeactivateMFADevice', 'DeleteAccessKey', 'DeleteLoginProfile',
            'DeleteUser', 'EnableMFADevice', 'RemoveUserFromGroup', 'UpdateAccessKey',
            'UpdateLoginProfile', 'UpdateUser'
        )
        or event_name like '%UserPolicy'
        or event_name like '%SSHPublicKey'
        or event_name like '%SigningCertificate'
        or event_name like '%ServiceSpecificCredential'
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for("coalesce(" ~ element_at('request_parameters', 'userName') ~ ", user_name)", 'user') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
