select
    changes.occurred_at,
    changes.captured_at,
    changes.resource_type,
    changes.resource_id,
    changes.resource_name,
    changes.account_id,
    changes.aws_region,
    changes.change_kind,
    properties.property_path,
    properties.difference,
    properties.value_before,
    properties.value_after,
    changes.match_kind,
    changes.event_name,
    changes.actor_arn,
    changes.person,
    changes.source_ip_address,
    changes.event_id,
    changes.change_id
from {{ ref('fct_configuration_changes') }} as changes
left join {{ ref('fct_configuration_property_changes') }} as properties
    on
        changes.change_id = properties.change_id
        and not properties.is_volatile
where
    changes.change_kind <> 'relationship_only'
    and {{ within('coalesce(changes.occurred_at, changes.captured_at)', var('since', none), var('until', none)) }}
    and {{ asked_for('changes.account_id', 'account') }}
    and {{ asked_for('changes.aws_region', 'region') }}
    and {{ asked_for('changes.resource_type', 'type') }}
    and {{ asked_for(['changes.resource_id', 'changes.resource_name'], 'resource') }}
    and {{ asked_for('properties.property_path', 'property', by='part') }}
order by
    coalesce(changes.occurred_at, changes.captured_at) desc,
    changes.change_id asc,
    properties.area asc,
    properties.property_path asc,
    properties.value_before asc,
    properties.value_after asc
