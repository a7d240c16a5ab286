{{ config(materialized='ephemeral') }}

-- A neighbour may have been moved several times between two sights of this resource: a network
-- interface from one security group to the next. What gave it to another of the resource's type did
-- not bring it here; of such calls the first took it, after the last that gave it to the resource.
with

followed as (

    select
        calls.change_id,
        calls.resource_key,
        calls.neighbour_key,
        calls.side,
        calls.event_key,
        calls.captured_at,
        changes.resource_type

    from {{ ref('int_change_calls_followed') }} as calls

    inner join {{ ref('int_configuration_changes') }} as changes
        on calls.change_id = changes.change_id

    where calls.side in ('before', 'after')

),

-- A call that names another of the type, and not this resource.
moving as (

    select
        followed.change_id,
        followed.resource_key,
        followed.neighbour_key,
        followed.side,
        followed.event_key,
        followed.captured_at,
        named.occurred_at

    from followed

    inner join {{ ref('int_resources_named_in_requests') }} as named
        on
            followed.event_key = named.event_key
            and followed.resource_type = named.resource_type

    group by
        followed.change_id,
        followed.resource_key,
        followed.neighbour_key,
        followed.side,
        followed.event_key,
        followed.captured_at,
        named.occurred_at

    having max(case when followed.resource_key = named.resource_key then 1 else 0 end) = 0

),

moved as (

    select distinct
        change_id,
        resource_key,
        neighbour_key,
        captured_at

    from moving

    where side = 'before'

),

given as (

    select
        moved.change_id,
        moved.neighbour_key,
        max(own.occurred_at) as given_at

    from moved

    inner join {{ ref('int_resources_named_in_requests') }} as own
        on
            moved.resource_key = own.resource_key
            and own.occurred_at <= moved.captured_at
            and coalesce(lower(own.named_as) not like '%remove%', true)

    inner join {{ ref('int_resources_named_in_requests') }} as neighbours
        on
            own.event_key = neighbours.event_key
            and moved.neighbour_key = neighbours.resource_key

    inner join {{ ref('int_calls') }} as calls
        on
            own.event_source = calls.event_source
            and own.call_name = calls.call_name
            and calls.effect in ('adds', 'changes')

    group by
        moved.change_id,
        moved.neighbour_key

),

after_given as (

    select
        moving.change_id,
        moving.neighbour_key,
        moving.event_key,
        row_number() over (
            partition by moving.change_id, moving.neighbour_key
            order by moving.occurred_at asc, moving.event_key asc
        ) as place

    from moving

    left join given
        on
            moving.change_id = given.change_id
            and moving.neighbour_key = given.neighbour_key

    where
        moving.side = 'before'
        and coalesce(moving.occurred_at > given.given_at, true)

),

elsewhere as (

    select
        moving.change_id,
        moving.neighbour_key,
        moving.side,
        moving.event_key

    from moving

    left join after_given
        on
            moving.change_id = after_given.change_id
            and moving.neighbour_key = after_given.neighbour_key
            and moving.event_key = after_given.event_key
            and after_given.place = 1

    where
        moving.side = 'after'
        or after_given.event_key is null

)

select * from elsewhere
