select
    occurred_at as attempted_at,
    {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
    account_id,
    aws_region,
    event_name,
    error_code,
    error_message,
    {{ element_at('user_identity', 'arn') }} as actor_arn,
    {{ element_at('user_identity', 'type') }} as actor_type,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('int_events_deduplicated') }}
where
    event_source = 's3.amazonaws.com'
    and event_name in ('PutBucketEncryption', 'DeleteBucketEncryption')
    and not is_successful
    and is_primary
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
order by
    occurred_at desc,
    event_id asc
