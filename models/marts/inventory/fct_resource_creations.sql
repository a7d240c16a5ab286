with

lives as (

    select *

    from {{ ref('int_resource_lives') }}

),

-- What a life's first item is put down to, where a call is known to have made the resource.
makers as (

    select
        change_id,
        event_key

    from {{ ref('int_change_causes') }}

    where found_by = 'turning_point'

),

creations as (

    select

        ---------- ids
        lives.life_id as creation_id,
        lives.account_id,
        lives.resource_id,
        events.event_id,
        lives.first_item_key as item_key,

        ---------- strings
        lives.resource_type,
        lives.resource_name,
        lives.resource_arn,
        lives.aws_region,
        lives.created_at_source,
        events.event_name,
        events.actor_arn,
        events.actor_type,
        events.session_issuer_arn,
        events.session_issuer_name,
        events.invoked_by,
        events.source_ip_address,
        events.user_agent,

        ---------- numerics
        lives.life_number,

        ---------- booleans
        lives.life_number > 1 as is_recreation,
        events.is_mfa_authenticated,

        ---------- timestamps
        lives.created_at,
        events.occurred_at as called_at,
        lives.first_seen_at as captured_at

    from lives

    left join makers
        on lives.first_item_key = makers.change_id

    left join {{ ref('int_writes') }} as events
        on makers.event_key = events.event_key

)

select * from creations
