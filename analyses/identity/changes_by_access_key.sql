with

events as (

    select
        event_key,
        access_key_id,
        actor,
        source_ip_address

    from {{ ref('fct_events') }}

    where
        access_key_id is not null
        and {{ asked_for('access_key_id', 'key') }}
        and {{ asked_actor() }}

)

select
    changes.occurred_at,
    events.access_key_id,
    events.actor,
    changes.event_name,
    changes.change_kind,
    changes.resource_type,
    changes.resource_id,
    changes.resource_name,
    changes.account_id,
    changes.aws_region,
    changes.match_kind,
    changes.confidence,
    events.source_ip_address,
    changes.event_id,
    changes.change_id
from {{ ref('fct_change_attributions') }} as changes
inner join events
    on changes.event_key = events.event_key
where {{ within('changes.occurred_at', var('since', none), var('until', none)) }}
order by
    changes.occurred_at desc,
    changes.attribution_id asc
