{{ config(materialized='ephemeral') }}

with

requests as (

    select
        event_key,
        account_id,
        bucket_name,
        requested_algorithm,
        requested_kms_key,
        is_bucket_key_requested,
        occurred_at

    from {{ ref('int_bucket_encryption_requests') }}

),

states as (

    select
        item_key,
        account_id,
        bucket_name,
        algorithm,
        kms_key,
        life_number,
        version_number,
        is_deleted,
        is_bucket_key_enabled,
        captured_at,
        life_began_at

    from {{ ref('int_bucket_encryption_states') }}

),

lives as (

    select distinct
        account_id,
        bucket_name,
        life_number,
        life_began_at

    from states

),

-- The life of the bucket a request fell in: the name of a deleted bucket may be taken again.
request_lives as (

    select
        requests.event_key,
        coalesce(
            max(case when lives.life_began_at <= requests.occurred_at then lives.life_number end),
            min(lives.life_number)
        ) as life_number

    from requests

    inner join lives
        on
            requests.account_id = lives.account_id
            and requests.bucket_name = lives.bucket_name

    group by requests.event_key

),

pairs as (

    select

        ---------- ids
        requests.event_key,
        states.item_key,

        ---------- numerics
        request_lives.life_number,
        states.version_number,

        ---------- booleans
        states.captured_at < requests.occurred_at as is_before,
        coalesce(
            states.algorithm = requests.requested_algorithm
            and (
                {{ is_kms_key_named('requests.requested_kms_key', 'states.kms_key') }}
                or coalesce(requests.requested_kms_key like '%alias/%', false)
            )
            and states.is_bucket_key_enabled = requests.is_bucket_key_requested,
            false
        ) as is_as_requested,

        ---------- timestamps
        states.captured_at

    from requests

    inner join request_lives
        on requests.event_key = request_lives.event_key

    inner join states
        on
            requests.account_id = states.account_id
            and requests.bucket_name = states.bucket_name
            and request_lives.life_number = states.life_number
            and not states.is_deleted

)

select * from pairs
