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
    invoked_by,
    source_ip_address,
    is_from_console,
    is_mfa_authenticated,
    event_id,
    change_id
from {{ ref('fct_configuration_changes') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and (
        {{ argument('actor') }} is null
        or strpos(lower(actor_arn), lower({{ argument('actor') }})) > 0
        or lower(person) = lower({{ argument('actor') }})
    )
    and actor_arn is not null
order by
    occurred_at desc,
    change_id asc
