select
    events.access_key_id,
    events.occurred_at,
    events.actor_arn,
    events.event_name,
    events.source_ip_address,
    attributions.resource_type,
    attributions.resource_id,
    attributions.resource_name,
    attributions.account_id,
    attributions.aws_region,
    attributions.change_kind,
    properties.property_path,
    properties.value_before,
    properties.value_after,
    attributions.match_kind,
    attributions.confidence,
    events.event_id,
    attributions.change_id
from {{ ref('fct_change_attributions') }} as attributions
inner join {{ ref('fct_events') }} as events
    on attributions.event_key = events.event_key
left join {{ ref('fct_configuration_property_changes') }} as properties
    on
        attributions.change_id = properties.change_id
        and not properties.is_volatile
where
    events.access_key_id is not null
    and attributions.match_kind <> 'indirect'
    and {{ within('events.occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('events.account_id', 'account') }}
    and {{ asked_for('events.aws_region', 'region') }}
    and {{ asked_for('events.access_key_id', 'key') }}
order by
    events.occurred_at desc,
    events.event_key asc,
    attributions.change_id asc,
    properties.area asc,
    properties.property_path asc,
    properties.value_before asc,
    properties.value_after asc
