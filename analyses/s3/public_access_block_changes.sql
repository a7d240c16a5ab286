with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name

    from {{ ref('fct_events') }}

    where
        event_source in ('s3.amazonaws.com', 's3-control.amazonaws.com')
        and event_name in (
            'PutBucketPublicAccessBlock',
            'DeleteBucketPublicAccessBlock',
            'PutPublicAccessBlock',
            'DeletePublicAccessBlock',
            'PutAccountPublicAccessBlock',
            'DeleteAccountPublicAccessBlock'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    bucket_name,
    event_name,
    lower({{ json_value_text('request_parameters', ['PublicAccessBlockConfiguration', 'BlockPublicAcls']) }}) = 'true'
        as blocks_public_acls,
    lower({{ json_value_text('request_parameters', ['PublicAccessBlockConfiguration', 'IgnorePublicAcls']) }}) = 'true'
        as ignores_public_acls,
    lower({{ json_value_text('request_parameters', ['PublicAccessBlockConfiguration', 'BlockPublicPolicy']) }}) = 'true'
        as blocks_public_policy,
    lower({{ json_value_text('request_parameters', ['PublicAccessBlockConfiguration', 'RestrictPublicBuckets']) }}) = 'true'
        as restricts_public_buckets,
    outcome,
    actor,
    actor_arn,
    source_ip_address,
    event_id
from calls
where {{ asked_for('bucket_name', 'bucket') }}
order by
    occurred_at desc,
    event_key asc
