select
    occurred_at,
    {{ element_at('request_parameters', 'userName') }} as added_user_name,
    {{ element_at('request_parameters', 'groupName') }} as group_name,
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
    and event_name = 'AddUserToGroup'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for(element_at('request_parameters', 'groupName'), 'group', by='part') }}
order by
    occurred_at desc,
    event_key asc
