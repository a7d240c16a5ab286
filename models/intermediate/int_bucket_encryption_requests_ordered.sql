{{ config(materialized='ephemeral') }}

with

-- What items tell of a request: the life it fell in, and the first version that shows it.
told as (

    select
        event_key,
        max(life_number) as life_number,
        min(case when is_as_requested and not is_before then version_number end) as shown_version

    from {{ ref('int_bucket_encryption_pairs') }}

    group by event_key

),

-- CloudTrail tells the second: of two requests in one, what is shown last was asked for last.
requests as (

    select
        requests.event_key,
        requests.account_id,
        requests.bucket_name,
        requests.requested_algorithm,
        requests.requested_kms_key,
        requests.is_bucket_key_requested,
        requests.occurred_at,
        told.life_number,
        told.shown_version,
        row_number() over (
            partition by requests.account_id, requests.bucket_name, told.life_number
            order by
                requests.occurred_at asc,
                coalesce(told.shown_version, 0) asc,
                requests.event_key asc
        ) as request_number

    from {{ ref('int_bucket_encryption_requests') }} as requests

    left join told
        on requests.event_key = told.event_key

),

ordered as (

    select

        ---------- ids
        event_key,

        ---------- strings
        lag(requested_algorithm) over life_requests as previous_requested_algorithm,
        lag(requested_kms_key) over life_requests as previous_requested_kms_key,

        ---------- numerics
        request_number,
        min(shown_version) over (
            partition by account_id, bucket_name, life_number
            order by request_number asc
            rows between 1 following and unbounded following
        ) as next_shown_version,

        ---------- booleans
        lag(is_bucket_key_requested) over life_requests as was_bucket_key_requested,

        ---------- timestamps
        lag(occurred_at) over life_requests as previous_requested_at,
        lead(occurred_at) over life_requests as next_requested_at

    from requests

    window life_requests as (
        partition by account_id, bucket_name, life_number
        order by request_number asc
    )

)

select * from ordered
