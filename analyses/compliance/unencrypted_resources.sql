with

resources as (

    select *

    from {{ ref('dim_resources') }}

    where
        not is_deleted
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_for('resource_type', 'type') }}
        and lower(coalesce(
            {{ element_at('configuration', 'storageEncrypted') }},
            {{ element_at('configuration', 'StorageEncrypted') }},
            {{ element_at('configuration', 'encrypted') }},
            {{ element_at('configuration', 'Encrypted') }}
        )) = 'false'

),

openings as (

    select
        changes.*,
        row_number() over (
            partition by
                changes.account_id, changes.aws_region, changes.resource_type, changes.resource_id
            order by changes.captured_at desc, changes.change_id asc
        ) as place

    from {{ ref('fct_configuration_property_changes') }} as properties

    inner join {{ ref('fct_configuration_changes') }} as changes
        on properties.change_id = changes.change_id

    where
        lower(properties.property_path) in ('storageencrypted', 'encrypted')
        and properties.value_after = 'false'

)

select
    resources.resource_type,
    resources.resource_id,
    resources.resource_name,
    resources.account_id,
    resources.aws_region,
    resources.created_at,
    creations.actor_arn as made_by,
    openings.captured_at as unencrypted_since,
    openings.actor_arn as changed_by,
    openings.event_name as change_event_name,
    openings.change_id
from resources
left join {{ ref('fct_resource_creations') }} as creations
    on
        resources.account_id = creations.account_id
        and resources.aws_region = creations.aws_region
        and resources.resource_type = creations.resource_type
        and resources.resource_id = creations.resource_id
        and resources.lives_count = creations.life_number
left join openings
    on
        resources.account_id = openings.account_id
        and resources.aws_region = openings.aws_region
        and resources.resource_type = openings.resource_type
        and resources.resource_id = openings.resource_id
        and openings.place = 1
order by
    resources.resource_type asc,
    resources.account_id asc,
    resources.aws_region asc,
    resources.resource_id asc
