with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'keyId') }} as key_id

    from {{ ref('fct_events') }}

    where
        event_source = 'kms.amazonaws.com'
        and event_name in (
            'CreateGrant',
            'RetireGrant',
            'RevokeGrant',
            'PutKeyPolicy',
            'EnableKey',
            'DisableKey',
            'ScheduleKeyDeletion',
            'CancelKeyDeletion'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    key_id,
    {{ element_at('request_parameters', 'granteePrincipal') }} as grantee,
    {{ element_at('request_parameters', 'operations') }} as operations,
    {{ element_at('request_parameters', 'policy') }} as policy,
    outcome,
    error_code,
    actor,
    actor_arn,
    invoked_by,
    source_ip_address,
    event_id
from calls
where {{ asked_for('key_id', 'key', by='part') }}
order by
    occurred_at desc,
    event_key asc
