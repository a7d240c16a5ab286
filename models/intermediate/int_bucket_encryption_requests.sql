{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
with

events as (

    select
        *,
        case
            when {{ json_value_text('resources', [0, 'type']) }} = 'AWS::S3::Bucket'
                then {{ json_value_text('resources', [0, 'accountId']) }}
        end as owner_account_id,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'ServerSideEncryptionConfiguration') }}
            as encryption_configuration

    from {{ ref('int_events_deduplicated') }}

    where
        event_source = 's3.amazonaws.com'
        and event_name in ('PutBucketEncryption', 'DeleteBucketEncryption')
        and is_successful
        and is_primary
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

-- A call into another account is logged in both, with one time and under ids of their own: the
-- owner's copy counts.
copies as (

    select
        *,
        row_number() over (
            partition by coalesce(shared_event_id, event_key)
            order by
                case when account_id = owner_account_id then 0 else 1 end asc,
                case when account_id = actor_account_id then 1 else 0 end asc,
                event_key asc
        ) as copy_number

    from events

),

rules as (

    select
        *,
        {{ bucket_encryption_rule('encryption_configuration') }} as rule

    from copies

    where copy_number = 1

),

defaults as (

    select
        *,
        coalesce(
            {{ element_at('rule', 'ApplyServerSideEncryptionByDefault') }},
            {{ element_at('rule', 'applyServerSideEncryptionByDefault') }}
        ) as by_default,
        coalesce(
            {{ element_at('rule', 'BucketKeyEnabled') }},
            {{ element_at('rule', 'bucketKeyEnabled') }}
        ) as bucket_key_enabled

    from rules

),

requests as (

    select

        ---------- ids
        event_key,
        event_id,
        coalesce(owner_account_id, account_id) as account_id,

        ---------- strings
        bucket_name,
        aws_region,
        event_name,
        source_ip_address,
        user_agent,
        actor_arn,
        actor_type,
        actor_account_id,
        session_issuer_arn,
        session_issuer_name,
        invoked_by,
        is_mfa_authenticated,

        ---------- what was asked for: S3 has reset a deleted encryption to AES256 since 2023
        case
            when event_name = 'PutBucketEncryption' then coalesce(
                {{ element_at('by_default', 'SSEAlgorithm') }},
                {{ element_at('by_default', 'sseAlgorithm') }}
            )
            when occurred_at >= timestamp '2023-01-05 00:00:00' then 'AES256'
        end as requested_algorithm,
        coalesce(
            {{ element_at('by_default', 'KMSMasterKeyID') }},
            {{ element_at('by_default', 'kmsMasterKeyID') }}
        ) as requested_kms_key,
        coalesce(lower(bucket_key_enabled) = 'true', false) as is_bucket_key_requested,

        ---------- timestamps
        occurred_at,
        event_date

    from defaults

)

select * from requests
