select
    occurred_at,
    change_kind,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    event_name,
    actor_arn,
    actor_type,
    person,
    source_ip_address,
    is_from_console,
    event_id,
    change_id
from {{ ref('fct_configuration_changes') }}
where
    -- Sessions of services and of roles taken on without a person do not say.
    not is_mfa_authenticated
    and invoked_by is null
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for(['actor_arn', 'person'], 'actor', by='part') }}
order by
    occurred_at desc,
    change_id asc
