{{ config(materialized='ephemeral') }}

with

requests as (

    select *

    from {{ ref('int_bucket_encryption_requests_ordered') }}

),

timed_pairs as (

    select
        pairs.*,
        requests.request_number,
        requests.next_requested_at is null
        or pairs.captured_at < requests.next_requested_at as is_in_time,
        requests.next_shown_version is null
        or pairs.version_number < requests.next_shown_version as is_in_order,
        pairs.captured_at
        < requests.next_requested_at + {{ interval_seconds(var('capture_lag_seconds')) }}
            as is_within_lag,
        max(
            case when pairs.is_as_requested and not pairs.is_before then requests.request_number end
        ) over (partition by pairs.item_key) as last_shown_request_number

    from {{ ref('int_bucket_encryption_pairs') }} as pairs

    inner join requests
        on pairs.event_key = requests.event_key

),

-- Config looks a while after the call: what it captures after the next request may still be this
-- one's, where it shows that and nothing later has been shown.
late_items as (

    select
        item_key,
        event_key,
        request_number

    from timed_pairs

    where
        not is_before
        and not is_in_time
        and is_as_requested
        and is_in_order
        and is_within_lag
        and request_number = last_shown_request_number

),

ranked as (

    select
        timed_pairs.*,
        late_items.request_number as late_request_number,
        row_number() over (
            partition by timed_pairs.event_key, timed_pairs.is_before
            order by
                case when timed_pairs.is_before then -timed_pairs.version_number end asc,
                case when timed_pairs.is_as_requested then 0 else 1 end asc,
                timed_pairs.version_number asc
        ) as choice

    from timed_pairs

    left join late_items
        on timed_pairs.item_key = late_items.item_key

    where
        timed_pairs.is_before
        or timed_pairs.event_key = late_items.event_key
        or (
            timed_pairs.is_in_time
            and (timed_pairs.is_as_requested or late_items.item_key is null)
        )

),

chosen as (

    select

        ---------- ids
        event_key,
        item_key,

        ---------- numerics
        late_request_number,

        ---------- booleans
        is_before,
        is_as_requested

    from ranked

    where choice = 1

)

select * from chosen
