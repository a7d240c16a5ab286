with

requests as (

    select
        *,
        {{ json_value_text('response_elements', ['requestedQuota', 'id']) }} as quota_request_id,
        {{ json_value_text('response_elements', ['requestedQuota', 'serviceCode']) }} as quota_service,
        {{ json_value_text('response_elements', ['requestedQuota', 'quotaName']) }} as quota_name,
        {{ json_value_text('response_elements', ['requestedQuota', 'desiredValue']) }} as desired_value,
        {{ json_value_text('response_elements', ['requestedQuota', 'status']) }} as first_status

    from {{ ref('fct_events') }}

    where
        event_source = 'servicequotas.amazonaws.com'
        and event_name = 'RequestServiceQuotaIncrease'
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

),

answers as (

    select
        {{ element_at('service_event_details', 'requestId') }} as quota_request_id,
        max_by({{ element_at('service_event_details', 'newStatus') }}, occurred_at) as last_status,
        max_by({{ element_at('service_event_details', 'newQuotaValue') }}, occurred_at) as new_value,
        max(occurred_at) as answered_at

    from {{ ref('fct_events') }}

    where
        event_source = 'servicequotas.amazonaws.com'
        and event_name = 'UpdateServiceQuotaIncreaseRequestStatus'

    group by {{ element_at('service_event_details', 'requestId') }}

)

select
    requests.occurred_at,
    requests.account_id,
    requests.aws_region,
    requests.quota_service,
    requests.quota_name,
    requests.desired_value,
    coalesce(answers.last_status, requests.first_status) as last_status,
    answers.new_value,
    answers.answered_at,
    requests.actor,
    requests.actor_arn,
    requests.quota_request_id,
    requests.event_id
from requests
left join answers
    on requests.quota_request_id = answers.quota_request_id
where {{ asked_for('requests.quota_service', 'service') }}
order by
    requests.occurred_at desc,
    requests.event_key asc
