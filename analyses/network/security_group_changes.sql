with

calls as (

    select
        *,
        coalesce({{ element_at('request_parameters', 'groupId') }}, {{ json_value_text('request_parameters', ['ModifySecurityGroupRulesRequest', 'GroupId']) }}, {{ element_at('response_elements', 'groupId') }})
            as group_id,
        coalesce({{ element_at('request_parameters', 'ipPermissions') }}, {{ element_at('request_parameters', 'ModifySecurityGroupRulesRequest') }})
            as rules

    from {{ ref('fct_events') }}

    where
        event_source = 'ec2.amazonaws.com'
        and not is_read_only
        and {{ matches('event_name', '.*(SecurityGroup|NetworkInterface).*') }}
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    group_id,
    event_name,
    rules,
    outcome,
    error_code,
    actor,
    actor_arn,
    source_ip_address,
    is_from_console,
    event_id
from calls
where {{ asked_for('group_id', 'group') }}
order by
    occurred_at desc,
    event_key asc
