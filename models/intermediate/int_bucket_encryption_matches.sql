with

states as (

    select *

    from {{ ref('int_bucket_encryption_states') }}

),

lives as (

    select
        account_id,
        bucket_name,
        life_number,
        min(coalesce(life_created_at, life_first_seen_at)) as began_at

    from states

    group by
        account_id,
        bucket_name,
        life_number

),

-- The life of the bucket a request fell in: the name of a deleted bucket may be taken again.
request_lives as (

    select
        requests.event_key,
        coalesce(
            max(case when lives.began_at <= requests.occurred_at then lives.life_number end),
            min(lives.life_number)
        ) as life_number

    from {{ ref('int_bucket_encryption_requests') }} as requests

    left join lives
        on
            requests.account_id = lives.account_id
            and requests.bucket_name = lives.bucket_name

    group by requests.event_key

),

requests as (

    select
        requests.event_key,
        requests.account_id,
        requests.bucket_name,
        requests.requested_algorithm,
        requests.requested_kms_key,
        requests.is_bucket_key_requested,
        requests.occurred_at,
        request_lives.life_number,
        lag(requests.occurred_at) over life_requests as previous_requested_at,
        lag(requests.requested_algorithm) over life_requests as previous_requested_algorithm,
        lag(requests.requested_kms_key) over life_requests as previous_requested_kms_key,
        lag(requests.is_bucket_key_requested) over life_requests as was_bucket_key_requested,
        lead(requests.occurred_at) over life_requests as next_requested_at

    from {{ ref('int_bucket_encryption_requests') }} as requests

    inner join request_lives
        on requests.event_key = request_lives.event_key

    window life_requests as (
        partition by requests.account_id, requests.bucket_name, request_lives.life_number
        order by requests.occurred_at asc, requests.event_key asc
    )

),

pairs as (

    select
        requests.event_key,
        states.item_key,
        states.captured_at < requests.occurred_at as is_before,
        states.algorithm = requests.requested_algorithm
        and (
            {{ is_kms_key_named('requests.requested_kms_key', 'states.kms_key') }}
            or coalesce(requests.requested_kms_key like '%alias/%', false)
        )
        and states.is_bucket_key_enabled = requests.is_bucket_key_requested as is_as_requested,
        states.version_number

    from requests

    inner join states
        on
            requests.account_id = states.account_id
            and requests.bucket_name = states.bucket_name
            and requests.life_number = states.life_number
            and not states.is_deleted
            and (
                requests.next_requested_at is null
                or states.captured_at < requests.next_requested_at
            )

),

ranked as (

    select
        *,
        row_number() over (
            partition by event_key, is_before
            order by
                case when is_before then -version_number end asc,
                case when is_as_requested then 0 else 1 end asc,
                version_number asc
        ) as choice

    from pairs

),

matches as (

    select

        ---------- ids
        requests.event_key,
        before_states.item_key as item_key_before,
        after_states.item_key as item_key_after,

        ---------- strings
        before_states.algorithm as recorded_algorithm_before,
        before_states.kms_key as recorded_kms_key_before,
        requests.previous_requested_algorithm,
        requests.previous_requested_kms_key,
        after_states.algorithm as recorded_algorithm_after,
        after_states.kms_key as recorded_kms_key_after,

        ---------- booleans
        before_states.is_bucket_key_enabled as was_bucket_key_recorded,
        requests.was_bucket_key_requested,
        after_states.is_bucket_key_enabled as is_bucket_key_recorded,
        coalesce(after_items.is_as_requested, false) as is_shown_as_requested,
        -- The request before this one, where no item has shown the bucket since.
        requests.previous_requested_at is not null
        and (
            before_states.captured_at is null
            or before_states.captured_at < requests.previous_requested_at
        ) as is_before_from_request,

        ---------- timestamps
        after_states.captured_at

    from requests

    left join ranked as before_items
        on
            requests.event_key = before_items.event_key
            and before_items.is_before
            and before_items.choice = 1

    left join states as before_states
        on before_items.item_key = before_states.item_key

    left join ranked as after_items
        on
            requests.event_key = after_items.event_key
            and not after_items.is_before
            and after_items.choice = 1

    left join states as after_states
        on after_items.item_key = after_states.item_key

)

select * from matches
