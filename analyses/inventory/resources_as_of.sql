select
    versions.resource_type,
    versions.resource_id,
    versions.resource_name,
    versions.account_id,
    versions.aws_region,
    versions.captured_at as since_captured_at,
    versions.superseded_at,
    versions.version_number,
    changes.change_kind,
    changes.match_kind,
    changes.actor_arn,
    changes.person,
    changes.event_name,
    changes.event_id,
    versions.tags,
    versions.configuration,
    versions.supplementary_configuration
from {{ ref('fct_resource_versions') }} as versions
left join {{ ref('fct_configuration_changes') }} as changes
    on versions.item_key = changes.change_id
where
    not versions.is_deleted
    and (
        {{ is_as_of('versions', argument('at')) }}
        or ({{ argument('at') }} is null and versions.superseded_at is null)
    )
    and {{ asked_for('versions.account_id', 'account') }}
    and {{ asked_for('versions.aws_region', 'region') }}
    and {{ asked_for('versions.resource_type', 'type') }}
    and {{ asked_for(['versions.resource_id', 'versions.resource_name'], 'resource') }}
order by
    versions.resource_type asc,
    versions.account_id asc,
    versions.aws_region asc,
    versions.resource_id asc,
    versions.version_number asc
