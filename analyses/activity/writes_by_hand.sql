select
    occurred_at,
    actor,
    actor_type,
    event_source,
    event_name,
    account_id,
    aws_region,
    is_from_console,
    source_ip_address,
    user_agent,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and not is_read_only
    and outcome = 'succeeded'
    and event_type = 'AwsApiCall'
    and coalesce(event_category, 'Management') = 'Management'
    and invoked_by is null
    and actor_type in ('AssumedRole', 'FederatedUser', 'IAMUser', 'IdentityCenterUser', 'Root')
    and event_name not like 'Assume%'
    and not coalesce({{ matches_within(
        "lower(concat_ws(' ', actor, session_issuer_name, user_agent))", argument('automation')
    ) }}, false)
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
order by
    occurred_at desc,
    event_key asc
