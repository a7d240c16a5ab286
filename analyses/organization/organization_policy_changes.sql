select
    occurred_at,
    event_name,
    outcome,
    coalesce(
        {{ element_at('request_parameters', 'policyId') }},
        {{ json_value_text('response_elements', ['policy', 'policySummary', 'id']) }},
        {{ element_at('request_parameters', 'name') }}
    ) as policy,
    coalesce(
        {{ element_at('request_parameters', 'policyType') }}, {{ element_at('request_parameters', 'type') }}
    ) as policy_type,
    coalesce(
        {{ element_at('request_parameters', 'targetId') }},
        {{ element_at('request_parameters', 'rootId') }}
    ) as target,
    {{ element_at('request_parameters', 'content') }} as content,
    actor,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'organizations.amazonaws.com'
    and event_name in (
        'AttachPolicy', 'CreatePolicy', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType',
        'EnablePolicyType', 'UpdatePolicy'
    )
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
