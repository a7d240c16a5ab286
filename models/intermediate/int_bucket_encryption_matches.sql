with

requests as (

    select *

    from {{ ref('int_bucket_encryption_requests_ordered') }}

),

chosen as (

    select *

    from {{ ref('int_bucket_encryption_items_chosen') }}

),

states as (

    select
        item_key,
        algorithm,
        kms_key,
        is_bucket_key_enabled,
        captured_at

    from {{ ref('int_bucket_encryption_states') }}

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
            or coalesce(before_items.late_request_number < requests.request_number - 1, false)
        ) as is_before_from_request,

        ---------- timestamps
        after_states.captured_at

    from requests

    left join chosen as before_items
        on
            requests.event_key = before_items.event_key
            and before_items.is_before

    left join states as before_states
        on before_items.item_key = before_states.item_key

    left join chosen as after_items
        on
            requests.event_key = after_items.event_key
            and not after_items.is_before

    left join states as after_states
        on after_items.item_key = after_states.item_key

)

select * from matches
