select
    occurred_at,
    event_name,
    coalesce(
        {{ element_at('request_parameters', 'groupId') }},
        {{ json_value_text('request_parameters', ['ModifySecurityGroupRulesRequest', 'GroupId']) }}
    ) as group_id,
    coalesce(
        {{ element_at('request_parameters', 'ipPermissions') }},
        {{ element_at('request_parameters', 'ModifySecurityGroupRulesRequest') }}
    ) as rules,
    outcome,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'ec2.amazonaws.com'
    and event_name in ('AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules')
    and outcome = 'succeeded'
    and (
        strpos(request_parameters, '"0.0.0.0/0"') > 0
        or strpos(request_parameters, '"::/0"') > 0
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
