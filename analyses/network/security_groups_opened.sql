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
        and event_name in ('AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules')
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
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
    actor,
    actor_arn,
    person,
    source_ip_address,
    user_agent,
    is_from_console,
    event_id
from calls
where
    {{ names_everybody('rules') }}
    and {{ asked_for('group_id', 'group') }}
order by
    occurred_at desc,
    event_key asc
