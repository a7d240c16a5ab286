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
    person,
    source_ip_address,
    is_from_console,
    is_mfa_authenticated,
    event_id,
    change_id
from {{ ref('fct_configuration_changes') }}
where
    invoked_by is null
    and (is_from_console or coalesce(not is_mfa_authenticated, false))
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
order by
    occurred_at desc,
    change_id asc
