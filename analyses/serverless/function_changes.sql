select
    changes.captured_at,
    changes.account_id,
    changes.aws_region,
    changes.resource_name,
    changes.change_kind,
    properties.property_path,
    properties.value_before,
    properties.value_after,
    changes.match_kind,
    changes.event_name,
    changes.actor_arn,
    changes.person,
    changes.event_id,
    changes.change_id
from {{ ref('fct_configuration_changes') }} as changes
left join {{ ref('fct_configuration_property_changes') }} as properties
    on
        changes.change_id = properties.change_id
        and not properties.is_volatile
where
    changes.resource_type = 'AWS::Lambda::Function'
    and {{ within('changes.captured_at', var('since', none), var('until', none)) }}
    and {{ asked_for('changes.account_id', 'account') }}
    and {{ asked_for('changes.aws_region', 'region') }}
    and {{ asked_for('changes.resource_name', 'function') }}
order by
    changes.captured_at desc,
    changes.change_id asc,
    properties.area asc,
    properties.property_path asc,
    properties.value_before asc,
    properties.value_after asc
