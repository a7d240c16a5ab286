with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name

    from {{ ref('fct_events') }}

    where
        event_source in ('s3.amazonaws.com', 's3-control.amazonaws.com')
        and event_name in (
            'PutBucketAcl',
            'PutBucketPolicy',
            'DeleteBucketPolicy',
            'PutBucketPublicAccessBlock',
            'DeleteBucketPublicAccessBlock',
            'PutPublicAccessBlock',
            'DeletePublicAccessBlock',
            'PutBucketOwnershipControls',
            'DeleteBucketOwnershipControls',
            'PutBucketCors',
            'PutBucketWebsite',
            'PutAccessPointPolicy',
            'DeleteAccessPointPolicy'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    calls.occurred_at,
    calls.account_id,
    calls.aws_region,
    calls.bucket_name,
    calls.event_name,
    calls.outcome,
    calls.actor,
    calls.actor_arn,
    calls.person,
    calls.source_ip_address,
    calls.is_from_console,
    attributions.change_id,
    attributions.captured_at,
    calls.event_id
from calls
left join {{ ref('fct_change_attributions') }} as attributions
    on calls.event_key = attributions.event_key
where {{ asked_for('calls.bucket_name', 'bucket') }}
order by
    calls.occurred_at desc,
    calls.event_key asc,
    attributions.change_id asc
