select
    changes.captured_at,
    changes.occurred_at,
    changes.resource_type,
    changes.resource_id,
    changes.resource_name,
    changes.account_id,
    changes.aws_region,
    properties.property_path as tag,
    properties.difference,
    properties.value_before,
    properties.value_after,
    changes.match_kind,
    changes.event_name,
    changes.actor_arn,
    changes.person,
    changes.event_id,
    changes.change_id
from {{ ref('fct_configuration_property_changes') }} as properties
inner join {{ ref('fct_configuration_changes') }} as changes
    on properties.change_id = changes.change_id
where
    properties.area = 'tags'
    and {{ within('changes.captured_at', var('since', none), var('until', none)) }}
    and {{ asked_for('changes.account_id', 'account') }}
    and {{ asked_for('changes.aws_region', 'region') }}
    and {{ asked_for('changes.resource_type', 'type') }}
    and {{ asked_for(['changes.resource_id', 'changes.resource_name'], 'resource') }}
    and {{ asked_for('properties.property_path', 'tag') }}
order by
    changes.resource_type asc,
    changes.resource_id asc,
    changes.account_id asc,
    changes.aws_region asc,
    properties.property_path asc,
    changes.captured_at desc,
    changes.change_id asc
