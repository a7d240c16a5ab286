with

requests as (

    select
        requests.*,
        matches.item_key_after,
        matches.is_shown_as_requested,
        matches.recorded_algorithm_after,
        matches.recorded_kms_key_after,
        matches.is_bucket_key_recorded,
        matches.captured_at,
        case
            when matches.is_before_from_request then 'request'
            when matches.item_key_before is not null then 'item'
        end as before_source,
        case
            when matches.is_before_from_request then matches.previous_requested_algorithm
            else matches.recorded_algorithm_before
        end as algorithm_before,
        case
            when matches.is_before_from_request then matches.previous_requested_kms_key
            else matches.recorded_kms_key_before
        end as kms_key_before,
        case
            when matches.is_before_from_request then matches.was_bucket_key_requested
            else matches.was_bucket_key_recorded
        end as is_bucket_key_before

    from {{ ref('int_bucket_encryption_requests') }} as requests

    inner join {{ ref('int_bucket_encryption_matches') }} as matches
        on requests.event_key = matches.event_key

),

compared as (

    select
        *,
        coalesce(
            algorithm_before = requested_algorithm
            and {{ is_kms_key_named('requested_kms_key', 'kms_key_before') }}
            and is_bucket_key_before = is_bucket_key_requested,
            false
        ) as is_unchanged,
        -- An item that shows something else than what was asked for is not this call's doing. Only
        -- where it cannot be known what the call led to (a deletion before 2023) any change is.
        is_shown_as_requested
        or (
            requested_algorithm is null
            and before_source is not null
            and (
                algorithm_before is distinct from recorded_algorithm_after
                or kms_key_before is distinct from recorded_kms_key_after
                or is_bucket_key_before is distinct from is_bucket_key_recorded
            )
        ) as is_change_shown

    from requests

),

requested_changes as (

    select
        *,
        is_change_shown and not is_unchanged and item_key_after is not null as has_item

    from compared

),

states as (

    select *

    from {{ ref('int_bucket_encryption_states') }}

    where not is_deleted

),

first_logs as (

    select
        account_id,
        min(hour_starts_at) as began_at

    from {{ ref('int_coverage') }}

    where has_events

    group by account_id

),

-- Changes that items show and no landed event explains.
recorded_changes as (

    select states.*

    from states

    left join first_logs
        on states.account_id = first_logs.account_id

    where
        states.item_key not in (
            select item_key_after
            from requested_changes
            where has_item
        )
        and case
            -- The first sight of a bucket is a change only if it was made since the logs began.
            when states.is_first_of_life
                then
                    states.algorithm <> 'AES256'
                    and states.life_created_at >= first_logs.began_at
            else
                states.algorithm is distinct from states.previous_algorithm
                or states.kms_key is distinct from states.previous_kms_key
                or states.is_bucket_key_enabled is distinct from states.was_bucket_key_enabled
        end

),

changes as (

    select

        ---------- ids
        'event:' || event_key as encryption_change_id,
        event_id,
        account_id,
        case when has_item then item_key_after end as item_key,

        ---------- strings
        bucket_name,
        aws_region,
        case
            when is_unchanged then 'unchanged'
            when event_name = 'DeleteBucketEncryption' then 'reset_to_default'
            when before_source is null then 'set'
            when algorithm_before is null then 'set'
            else 'changed'
        end as change_type,
        event_name,
        actor_arn,
        actor_type,
        actor_account_id,
        session_issuer_arn,
        session_issuer_name,
        invoked_by,
        source_ip_address,
        user_agent,
        algorithm_before,
        case
            when is_unchanged then algorithm_before
            when has_item then recorded_algorithm_after
        end as algorithm_after,
        kms_key_before,
        case
            when is_unchanged then kms_key_before
            when has_item then recorded_kms_key_after
        end as kms_key_after,
        before_source,
        requested_algorithm,
        requested_kms_key,
        case
            when has_item then 'event_and_item'
            when is_unchanged then 'event_without_change'
            else 'event_without_item'
        end as evidence,

        ---------- booleans
        is_mfa_authenticated,
        is_bucket_key_before,
        case
            when is_unchanged then is_bucket_key_before
            when has_item then is_bucket_key_recorded
        end as is_bucket_key_after,
        is_bucket_key_requested,

        ---------- timestamps
        occurred_at as changed_at,
        case when has_item then captured_at end as captured_at

    from requested_changes

    union all

    select
        'item:' || item_key as encryption_change_id,
        cast(null as {{ dbt.type_string() }}) as event_id,
        account_id,
        item_key,
        bucket_name,
        aws_region,
        case
            when previous_algorithm is null then 'set'
            when algorithm = 'AES256' and previous_algorithm <> 'AES256' then 'reset_to_default'
            else 'changed'
        end as change_type,
        cast(null as {{ dbt.type_string() }}) as event_name,
        cast(null as {{ dbt.type_string() }}) as actor_arn,
        cast(null as {{ dbt.type_string() }}) as actor_type,
        cast(null as {{ dbt.type_string() }}) as actor_account_id,
        cast(null as {{ dbt.type_string() }}) as session_issuer_arn,
        cast(null as {{ dbt.type_string() }}) as session_issuer_name,
        cast(null as {{ dbt.type_string() }}) as invoked_by,
        cast(null as {{ dbt.type_string() }}) as source_ip_address,
        cast(null as {{ dbt.type_string() }}) as user_agent,
        previous_algorithm as algorithm_before,
        algorithm as algorithm_after,
        previous_kms_key as kms_key_before,
        kms_key as kms_key_after,
        case when previous_algorithm is not null then 'item' end as before_source,
        cast(null as {{ dbt.type_string() }}) as requested_algorithm,
        cast(null as {{ dbt.type_string() }}) as requested_kms_key,
        'item_without_event' as evidence,
        cast(null as boolean) as is_mfa_authenticated,
        was_bucket_key_enabled as is_bucket_key_before,
        is_bucket_key_enabled as is_bucket_key_after,
        cast(null as boolean) as is_bucket_key_requested,
        captured_at as changed_at,
        captured_at

    from recorded_changes

)

select * from changes
