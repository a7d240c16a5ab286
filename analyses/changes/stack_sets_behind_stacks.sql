with

stacks as (

    select
        *,
        {{ element_at('request_parameters', 'stackName') }} as stack_name,
        {{ first_match(element_at('request_parameters', 'stackName'), '^StackSet-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$') }}
            as stack_set_name

    from {{ ref('fct_events') }}

    where
        event_source = 'cloudformation.amazonaws.com'
        and event_name in ('CreateStack', 'UpdateStack', 'DeleteStack')
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

),

calls as (

    select
        *,
        {{ element_at('request_parameters', 'stackSetName') }} as stack_set_name

    from {{ ref('fct_events') }}

    where
        event_source = 'cloudformation.amazonaws.com'
        and event_name in (
            'CreateStackSet', 'UpdateStackSet', 'CreateStackInstances', 'UpdateStackInstances',
            'DeleteStackInstances', 'DeleteStackSet'
        )
        and outcome = 'succeeded'

),

begun as (

    select principal_id

    from {{ ref('fct_events') }}

    where event_id = {{ argument('event_id') }}

),

paired as (

    select
        stacks.event_key,
        stacks.event_id,
        stacks.occurred_at,
        stacks.account_id,
        stacks.aws_region,
        stacks.stack_name,
        stacks.principal_id,
        stacks.stack_set_name,
        calls.occurred_at as called_at,
        calls.actor_arn as called_for_by,
        calls.account_id as call_account_id,
        calls.event_name as call_name,
        calls.source_ip_address as call_source_ip_address,
        row_number() over (
            partition by stacks.event_key
            order by calls.occurred_at desc, calls.event_key asc
        ) as place

    from stacks

    left join calls
        on
            stacks.stack_set_name = calls.stack_set_name
            and calls.occurred_at <= stacks.occurred_at

    where
        stacks.stack_set_name is not null
        and (
            {{ argument('event_id') }} is null
            or stacks.principal_id in (select principal_id from begun)
        )

)

select
    occurred_at,
    account_id,
    aws_region,
    stack_name,
    principal_id,
    stack_set_name,
    called_at,
    called_for_by,
    call_account_id,
    call_name,
    call_source_ip_address,
    event_id
from paired
where place = 1
order by
    occurred_at desc,
    event_key asc
