with

launches as (

    select
        *,
        {{ json_value_text('response_elements', ['instancesSet', 'items']) }} as instances

    from {{ ref('fct_events') }}

    where
        event_source = 'ec2.amazonaws.com'
        and event_name = 'RunInstances'
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

),

launched as (

    select
        launches.*,
        {{ element_at('parts.element', 'instanceId') }} as instance_id,
        {{ element_at('parts.element', 'instanceType') }} as instance_type,
        {{ element_at('parts.element', 'imageId') }} as image_id,
        {{ element_at('parts.element', 'subnetId') }} as subnet_id,
        {{ json_value_text('parts.element', ['placement', 'availabilityZone']) }}
            as availability_zone,
        {{ element_at('parts.element', 'privateIpAddress') }} as private_ip_address

    from launches

    cross join {{ elements_of('launches.instances') }} as parts

)

select
    occurred_at,
    account_id,
    aws_region,
    instance_id,
    instance_type,
    image_id,
    subnet_id,
    availability_zone,
    private_ip_address,
    actor,
    actor_arn,
    person,
    invoked_by,
    source_ip_address,
    event_id
from launched
where {{ asked_for('instance_id', 'instance') }}
order by
    occurred_at desc,
    event_key asc,
    instance_id asc
