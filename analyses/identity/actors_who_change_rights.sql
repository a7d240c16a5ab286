select
    actor,
    actor_type,
    account_id,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct coalesce(
        {{ element_at('request_parameters', 'userName') }},
        {{ element_at('request_parameters', 'roleName') }},
        {{ element_at('request_parameters', 'groupName') }}
    )) as principals_count,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'iam.amazonaws.com'
    and {{ changes_rights('event_name') }}
    and {{ asked_for('account_id', 'account') }}
group by
    actor,
    actor_type,
    account_id
order by
    events_count desc,
    actor asc,
    account_id asc,
    actor_type asc
