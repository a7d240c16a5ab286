-- Every successful Put- or DeleteBucketEncryption is one row, and no row is of any other call.
with

events as (

    select event_key

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and error_code is null
        and event_source = 's3.amazonaws.com'
        and event_name in ('PutBucketEncryption', 'DeleteBucketEncryption')

),

changes as (

    select substr(encryption_change_id, 7) as event_key

    from {{ ref('fct_bucket_encryption_changes') }}

    where evidence <> 'item_without_event'

)

select
    events.event_key,
    changes.event_key as change_event_key

from events

full outer join changes
    on events.event_key = changes.event_key

where
    events.event_key is null
    or changes.event_key is null
