with

lives as (

    select *

    from {{ ref('int_resource_lives') }}

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

    left join {{ ref('int_creation_candidates') }} as candidates
        on lives.life_id = candidates.life_id

    left join {{ ref('int_creating_events') }} as events
        on
            candidates.event_key = events.event_key
            and (
                events.seeded_resource_type is null
                or events.seeded_resource_type = lives.resource_type
            )

)

select * from creations
