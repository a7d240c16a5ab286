select
    occurred_at,
    event_name,
    case
        when {{ element_at('request_parameters', 'userName') }} is not null then 'user'
        when {{ element_at('request_parameters', 'roleName') }} is not null then 'role'
        when {{ element_at('request_parameters', 'groupName') }} is not null then 'group'
    end as principal_type,
    coalesce(
        {{ element_at('request_parameters', 'userName') }},
        {{ element_at('request_parameters', 'roleName') }},
        {{ element_at('request_parameters', 'groupName') }}
    ) as principal_name,
    coalesce(
        {{ element_at('request_parameters', 'policyArn') }},
        {{ element_at('request_parameters', 'policyName') }}
    ) as policy,
    coalesce(
        {{ element_at('request_parameters', 'policyDocument') }},
        {{ element_at('request_parameters', 'assumeRolePolicyDocument') }}
    ) as policy_document,
    outcome,
    actor,
    actor_arn,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'iam.amazonaws.com'
    and {{ changes_rights('event_name') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
