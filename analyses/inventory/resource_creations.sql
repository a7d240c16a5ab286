select
    created_at,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    created_at_source,
    is_recreation,
    event_name,
    actor_arn,
    actor_type,
    session_issuer_name,
    source_ip_address,
    is_mfa_authenticated,
    captured_at,
    event_id
from {{ ref('fct_resource_creations') }}
where
    {{ within('created_at', var('since', none), var('until', none)) }}
    and ({{ argument('type') }} is null or resource_type = {{ argument('type') }})
order by
    created_at desc,
    resource_type asc,
    creation_id asc
