select
    occurred_at,
    captured_at,
    change_kind,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    properties_changed_count,
    match_kind,
    actor_arn,
    person,
    event_name,
    source_ip_address,
    event_id,
    change_id
from {{ ref('fct_configuration_changes') }}
where
    {{ within('coalesce(occurred_at, captured_at)', var('since', none), var('until', none)) }}
    and ({{ argument('account') }} is null or account_id = {{ argument('account') }})
    and ({{ argument('type') }} is null or resource_type = {{ argument('type') }})
order by
    coalesce(occurred_at, captured_at) desc,
    change_id asc
