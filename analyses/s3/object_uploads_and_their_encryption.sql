with

uploads as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'key') }} as object_key

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and event_name in ('PutObject', 'CopyObject', 'CreateMultipartUpload', 'PostObject')
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    bucket_name,
    object_key,
    event_name,
    {{ element_at('request_parameters', 'x-amz-server-side-encryption') }} as encryption_asked_for,
    {{ element_at('response_elements', 'x-amz-server-side-encryption') }} as encryption_given,
    {{ element_at('response_elements', 'x-amz-server-side-encryption-aws-kms-key-id') }} as kms_key,
    outcome,
    actor,
    actor_arn,
    event_id
from uploads
where {{ asked_for('bucket_name', 'bucket') }}
order by
    occurred_at desc,
    event_key asc
