with

versions as (

    select
        item_key,
        {{ element_at('tags', 'aws:cloudformation:stack-name') }} as stack_name

    from {{ ref('fct_resource_versions') }}

)

select
    changes.occurred_at,
    changes.captured_at,
    changes.resource_type,
    changes.resource_id,
    changes.resource_name,
    changes.account_id,
    changes.aws_region,
    versions.stack_name,
    changes.change_kind,
    changes.match_kind,
    changes.event_name,
    changes.actor_arn,
    changes.person,
    changes.invoked_by,
    changes.user_agent,
    changes.is_from_console,
    changes.properties_changed_count,
    changes.event_id,
    changes.change_id
from {{ ref('fct_configuration_changes') }} as changes
inner join versions
    on changes.change_id = versions.item_key
where
    versions.stack_name is not null
    and changes.change_kind in ('modified', 'tags_only')
    and changes.match_kind in ('exact', 'shared')
    and coalesce(changes.invoked_by, '') <> 'cloudformation.amazonaws.com'
    and {{ within('coalesce(changes.occurred_at, changes.captured_at)', var('since', none), var('until', none)) }}
    and {{ asked_for('changes.account_id', 'account') }}
    and {{ asked_for('changes.aws_region', 'region') }}
    and {{ asked_for('changes.resource_type', 'type') }}
    and {{ asked_for(['changes.actor_arn', 'changes.person'], 'actor', by='part') }}
order by
    coalesce(changes.occurred_at, changes.captured_at) desc,
    changes.change_id asc
