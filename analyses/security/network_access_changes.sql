select
    occurred_at,
    event_name,
    coalesce(
        {{ element_at('request_parameters', 'groupId') }},
        {{ element_at('request_parameters', 'groupName') }},
        {{ element_at('request_parameters', 'networkAclId') }},
        {{ json_value_text('request_parameters', ['ModifySecurityGroupRulesRequest', 'GroupId']) }},
        {{ json_value_text('response_elements', ['groupId']) }}
    ) as network_id,
    outcome,
    actor,
    actor_arn,
    invoked_by,
    account_id,
    aws_region,
    request_parameters,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'ec2.amazonaws.com'
    and not coalesce(is_read_only, false)
    and (event_name like '%SecurityGroup%' or event_name like '%NetworkAcl%')
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('request_parameters', 'group', by='part') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
