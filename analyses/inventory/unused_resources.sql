with

resources as (

    select
        *,
        case
            when
                resource_type = 'AWS::EC2::SecurityGroup'
                and {{ element_at('configuration', 'groupName') }} <> 'default'
                and coalesce(strpos(relationships, '"AWS::EC2::NetworkInterface"'), 0) = 0
                and coalesce(strpos(relationships, '"AWS::EC2::Instance"'), 0) = 0
                then 'no network interface and no instance has it'
            when
                resource_type = 'AWS::EC2::Volume'
                and {{ json_value_text('configuration', ['state', 'value']) }} = 'available'
                then 'no instance has it attached'
            when
                resource_type = 'AWS::EC2::EIP'
                and {{ element_at('configuration', 'associationId') }} is null
                then 'no instance and no network interface has it'
            when
                resource_type = 'AWS::EC2::NetworkInterface'
                and {{ element_at('configuration', 'status') }} = 'available'
                then 'no instance has it attached'
        end as why

    from {{ ref('dim_resources') }}

    where
        not is_deleted
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_for('resource_type', 'type') }}

)

select
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    why,
    created_at,
    last_seen_at
from resources
where why is not null
order by
    resource_type asc,
    created_at asc,
    resource_key asc
