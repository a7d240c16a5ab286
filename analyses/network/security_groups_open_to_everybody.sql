with

rules as (

    select
        resources.account_id,
        resources.aws_region,
        resources.resource_id,
        resources.resource_name,
        resources.lives_count,
        parts.element as rule

    from {{ ref('dim_resources') }} as resources

    cross join {{ elements_of(json_value_text('resources.configuration', ['ipPermissions'])) }}
        as parts

    where
        resources.resource_type = 'AWS::EC2::SecurityGroup'
        and not resources.is_deleted
        and {{ names_everybody('parts.element') }}
        and {{ asked_for('resources.account_id', 'account') }}
        and {{ asked_for('resources.aws_region', 'region') }}

),

-- The latest change that brought an open rule for the same ports.
openings as (

    select
        changes.change_id,
        properties.account_id,
        properties.aws_region,
        properties.resource_id,
        {{ element_at('properties.value_after', 'ipProtocol') }} as ip_protocol,
        {{ element_at('properties.value_after', 'fromPort') }} as from_port,
        {{ element_at('properties.value_after', 'toPort') }} as to_port,
        changes.captured_at,
        changes.match_kind,
        changes.actor_arn,
        changes.person,
        changes.event_name,
        changes.event_id,
        row_number() over (
            partition by
                properties.account_id,
                properties.aws_region,
                properties.resource_id,
                {{ element_at('properties.value_after', 'ipProtocol') }},
                {{ element_at('properties.value_after', 'fromPort') }},
                {{ element_at('properties.value_after', 'toPort') }}
            order by
                changes.captured_at desc,
                changes.change_id asc
        ) as place

    from {{ ref('fct_configuration_property_changes') }} as properties

    inner join {{ ref('fct_configuration_changes') }} as changes
        on properties.change_id = changes.change_id

    where
        properties.resource_type = 'AWS::EC2::SecurityGroup'
        and properties.property_path like 'ipPermissions[%'
        and {{ names_everybody('properties.value_after') }}

),

ported as (

    select
        *,
        {{ element_at('rule', 'ipProtocol') }} as ip_protocol,
        {{ element_at('rule', 'fromPort') }} as from_port,
        {{ element_at('rule', 'toPort') }} as to_port

    from rules

)

select
    ported.account_id,
    ported.aws_region,
    ported.resource_id,
    ported.resource_name,
    ported.ip_protocol,
    try_cast(ported.from_port as bigint) as from_port,
    try_cast(ported.to_port as bigint) as to_port,
    ported.rule,
    openings.captured_at as opened_at,
    openings.match_kind,
    openings.actor_arn,
    openings.person,
    openings.event_name,
    openings.event_id,
    openings.change_id,
    creations.actor_arn as made_by
from ported
left join openings
    on
        ported.account_id = openings.account_id
        and ported.aws_region = openings.aws_region
        and ported.resource_id = openings.resource_id
        and ported.ip_protocol = openings.ip_protocol
        and coalesce(ported.from_port, '') = coalesce(openings.from_port, '')
        and coalesce(ported.to_port, '') = coalesce(openings.to_port, '')
        and openings.place = 1
left join {{ ref('fct_resource_creations') }} as creations
    on
        ported.account_id = creations.account_id
        and ported.aws_region = creations.aws_region
        and ported.resource_id = creations.resource_id
        and ported.lives_count = creations.life_number
        and creations.resource_type = 'AWS::EC2::SecurityGroup'
where
    {{ argument('port') }} is null
    or ported.from_port is null
    or {{ argument('port') }} between
    try_cast(ported.from_port as bigint) and try_cast(ported.to_port as bigint)
order by
    ported.account_id asc,
    ported.aws_region asc,
    ported.resource_id asc,
    ported.ip_protocol asc,
    ported.from_port asc,
    ported.rule asc
