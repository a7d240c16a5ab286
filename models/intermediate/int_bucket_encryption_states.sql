with

versions as (

    select
        item_key,
        account_id,
        aws_region,
        resource_id as bucket_name,
        life_number,
        version_number,
        is_deleted,
        captured_at,
        resource_created_at,
        {{ element_at('supplementary_configuration', 'ServerSideEncryptionConfiguration') }}
            as encryption_configuration

    from {{ ref('int_version_contents') }}

    -- An item without these fields does not say what the encryption is.
    where
        resource_type = 'AWS::S3::Bucket'
        and (
            is_deleted
            or (
                supplementary_configuration is not null
                and coalesce(item_status, '') <> 'ResourceNotRecorded'
            )
        )

),

rules as (

    select
        *,
        {{ bucket_encryption_rule('encryption_configuration') }} as rule

    from versions

),

read_states as (

    select
        *,
        {{ json_value_text('rule', ['applyServerSideEncryptionByDefault', 'sseAlgorithm']) }}
            as algorithm,
        {{ json_value_text('rule', ['applyServerSideEncryptionByDefault', 'kmsMasterKeyID']) }}
            as kms_key,
        coalesce(lower({{ element_at('rule', 'bucketKeyEnabled') }}) = 'true', false)
            as is_bucket_key_enabled

    from rules

),

states as (

    select

        ---------- ids
        item_key,
        account_id,

        ---------- strings
        bucket_name,
        aws_region,
        algorithm,
        kms_key,
        lag(algorithm) over life_states as previous_algorithm,
        lag(kms_key) over life_states as previous_kms_key,

        ---------- numerics
        life_number,
        version_number,

        ---------- booleans
        is_deleted,
        lag(item_key) over life_states is null as is_first_of_life,
        is_bucket_key_enabled,
        lag(is_bucket_key_enabled) over life_states as was_bucket_key_enabled,

        ---------- timestamps
        captured_at,
        min(resource_created_at) over (
            partition by account_id, bucket_name, life_number
        ) as life_created_at,
        -- A life whose creation time no item tells begins with the end of the one before.
        coalesce(
            min(resource_created_at) over (partition by account_id, bucket_name, life_number),
            max(case when is_deleted then captured_at end) over (
                partition by account_id, bucket_name
                order by life_number asc
                range between unbounded preceding and 1 preceding
            ),
            min(captured_at) over (partition by account_id, bucket_name, life_number)
        ) as life_began_at

    from read_states

    window life_states as (
        partition by account_id, bucket_name, life_number
        order by version_number asc
    )

)

select * from states
