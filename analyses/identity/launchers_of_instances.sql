with

launches as (

    select
        occurred_at,
        event_key,
        event_id,
        actor,
        actor_arn,
        invoked_by,
        account_id,
        aws_region,
        source_ip_address,
        {{ json_value_text('response_elements', ['instancesSet', 'items']) }} as items

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_source = 'ec2.amazonaws.com'
        and event_name = 'RunInstances'
        and outcome = 'succeeded'
        and {{ asked_for('account_id', 'account') }}

),

instances as (

    select
        launches.*,
        {{ element_at('element', 'instanceId') }} as instance_id,
        {{ element_at('element', 'instanceType') }} as instance_type

    from launches

    cross join {{ elements_of('launches.items') }} as parts

)

select
    occurred_at,
    instance_id,
    instance_type,
    actor,
    actor_arn,
    invoked_by,
    account_id,
    aws_region,
    source_ip_address,
    event_id
from instances
where {{ asked_for('instance_id', 'instance') }}
order by
    occurred_at desc,
    event_key asc,
    instance_id asc
