with

lives as (

    select *

    from {{ ref('int_resource_lives') }}

    where ended_as is not null

),

-- The call that an item's deletion is put down to.
shown as (

    select
        lives.life_id,
        causes.event_key

    from lives

    inner join {{ ref('int_change_causes') }} as causes
        on
            lives.deletion_item_key = causes.change_id
            and causes.found_by = 'turning_point'

),

-- Of an end that no item shows, the last call that deletes such a thing and names this one.
ending_calls as (

    select
        lives.life_id,
        events.event_key,
        events.occurred_at,
        row_number() over (
            partition by lives.life_id
            order by events.occurred_at desc, events.event_key asc
        ) as place

    from lives

    inner join {{ ref('int_events_resolved') }} as events
        on
            lives.resource_key = events.resource_key
            and events.is_of_service
            and events.is_subject
            and events.is_management_event
            and events.occurred_at >= lives.last_seen_at
            and events.occurred_at <= lives.ended_by

    inner join {{ ref('int_calls') }} as calls
        on
            events.event_source = calls.event_source
            and events.call_name = calls.call_name
            and calls.effect = 'deletes'

    where lives.deletion_item_key is null

),

enders as (

    select
        life_id,
        event_key

    from shown

    union all

    select
        life_id,
        event_key

    from ending_calls

    where place = 1

),

deletions as (

    select

        ---------- ids
        lives.life_id as deletion_id,
        lives.account_id,
        lives.resource_id,
        events.event_id,
        lives.deletion_item_key as item_key,

        ---------- strings
        lives.resource_type,
        lives.resource_name,
        lives.resource_arn,
        lives.aws_region,
        lives.ended_as,
        lives.snapshot_object,
        events.event_name,
        events.actor_arn,
        events.actor_type,
        events.person,
        events.invoked_by,
        events.source_ip_address,
        events.user_agent,

        ---------- numerics
        lives.life_number,

        ---------- booleans
        events.is_mfa_authenticated,

        ---------- timestamps
        lives.created_at,
        lives.last_seen_at,
        lives.ended_by,
        events.occurred_at as called_at

    from lives

    left join enders
        on lives.life_id = enders.life_id

    left join {{ ref('int_writes') }} as events
        on enders.event_key = events.event_key

)

select * from deletions
