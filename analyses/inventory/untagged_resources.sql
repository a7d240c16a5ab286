with

tagged as (

    select distinct resources.resource_key

    from {{ ref('dim_resources') }} as resources

    cross join {{ members_of('resources.tags') }} as members

    where
        members.name = {{ argument('tag') }}
        or ({{ argument('tag') }} is null and members.name not like 'aws:%')

)

select
    resources.resource_type,
    resources.resource_id,
    resources.resource_name,
    resources.account_id,
    resources.aws_region,
    resources.created_at,
    creations.actor_arn as made_by,
    resources.tags
from {{ ref('dim_resources') }} as resources
left join tagged
    on resources.resource_key = tagged.resource_key
left join {{ ref('fct_resource_creations') }} as creations
    on
        resources.account_id = creations.account_id
        and resources.aws_region = creations.aws_region
        and resources.resource_type = creations.resource_type
        and resources.resource_id = creations.resource_id
        and resources.lives_count = creations.life_number
where
    not resources.is_deleted
    and tagged.resource_key is null
    and {{ asked_for('resources.account_id', 'account') }}
    and {{ asked_for('resources.aws_region', 'region') }}
    and {{ asked_for('resources.resource_type', 'type') }}
order by
    resources.created_at desc,
    resources.resource_key asc
