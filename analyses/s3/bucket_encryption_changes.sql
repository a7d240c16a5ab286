select
    changed_at,
    bucket_name,
    account_id,
    aws_region,
    change_type,
    algorithm_before,
    algorithm_after,
    kms_key_after,
    actor_arn,
    actor_type,
    session_issuer_name,
    source_ip_address,
    user_agent,
    is_mfa_authenticated,
    evidence,
    captured_at,
    event_id
from {{ ref('fct_bucket_encryption_changes') }}
where
    {{ within('changed_at', var('since', none), var('until', none)) }}
    and ({{ argument('bucket') }} is null or bucket_name = {{ argument('bucket') }})
order by
    changed_at desc,
    bucket_name asc,
    encryption_change_id asc
