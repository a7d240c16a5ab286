with

lives as (

    select *

    from {{ ref('int_resource_lives') }}

),

events as (

    select *

    from {{ ref('int_creating_events') }}

),

-- Same account and region (global resources are called in one region), the right kind of call,
-- near the creation time or, where none is known, since the life before.
near as (

    select
        lives.life_id,
        events.event_key,
        events.actor_arn,
        abs({{ dbt.datediff('events.occurred_at', 'lives.created_at', 'second') }})
            as seconds_apart,
        case
            when {{ names_resource('events.untagged_response', 'lives.resource_id') }} then 4
            when {{ names_resource('events.untagged_response', 'lives.resource_arn') }} then 3
            when {{ names_resource('events.untagged_response', 'lives.resource_id_tail') }} then 3
            when {{ names_resource('events.untagged_request', 'lives.resource_id') }} then 3
            -- A name may be another's. AWS tells the id that it gives in the response.
            when
                {{ names_resource('events.untagged_request', 'lives.resource_name') }}
                and (
                    lives.resource_id = lives.resource_name
                    or events.untagged_response is null
                )
                then 2
            else 0
        end as name_strength

    from lives

    inner join events
        on
            lives.account_id = events.account_id
            and (lives.aws_region = events.aws_region or lives.aws_region = 'global')
            and (
                lives.resource_type = events.seeded_resource_type
                or (
                    lives.event_source = events.event_source
                    and lives.resource_noun = events.created_noun
                )
            )
            and events.occurred_at
            <= lives.first_seen_at + {{ interval_seconds(var('clock_slack_seconds')) }}
            and (
                lives.previous_life_seen_at is null
                or events.occurred_at >= lives.previous_life_seen_at
                - {{ interval_seconds(var('clock_slack_seconds')) }}
            )
            and (
                lives.created_at_source = 'first_seen'
                or (
                    events.occurred_at
                    >= lives.created_at - {{ interval_seconds(var('creation_slack_seconds')) }}
                    and events.occurred_at
                    <= lives.created_at + {{ interval_seconds(var('creation_slack_seconds')) }}
                )
            )

),

ranked as (

    select
        life_id,
        event_key,
        actor_arn,
        rank() over (
            partition by life_id
            order by
                name_strength desc,
                seconds_apart asc
        ) as place

    from near

    where name_strength > 0

),

-- A wrong name is worse than no name: among equals of different actors none is taken.
chosen as (

    select
        life_id,
        min(event_key) as event_key

    from ranked

    where place = 1

    group by life_id

    having
        count(distinct coalesce(actor_arn, event_key)) = 1

)

select * from chosen
