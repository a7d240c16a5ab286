-- Every successful Put- or DeleteBucketEncryption is one row, however many accounts have logged it,
-- and no row is of any other call.
with

events as (

    select
        event_key,
        coalesce(shared_event_id, event_key) as call_id

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and error_code is null
        and event_source = 's3.amazonaws.com'
        and event_name in ('PutBucketEncryption', 'DeleteBucketEncryption')

),

calls as (

    select distinct call_id

    from events

),

changes as (

    select
        events.call_id,
        substr(changes.encryption_change_id, 7) as change_event_key

    from {{ ref('fct_bucket_encryption_changes') }} as changes

    left join events
        on substr(changes.encryption_change_id, 7) = events.event_key

    where changes.evidence <> 'item_without_event'

)

select
    calls.call_id,
    changes.call_id as change_call_id,
    count(changes.change_event_key) as rows_count

from calls

full outer join changes
    on calls.call_id = changes.call_id

group by
    calls.call_id,
    changes.call_id

having
    calls.call_id is null
    or count(changes.change_event_key) <> 1
