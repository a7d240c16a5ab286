with

roles as (

    select session_issuer_arn as role_arn

    from {{ ref('fct_events') }}

    where
        {{ matches('service', 'bedrock(-.*)?') }}
        and session_issuer_arn is not null

    union

    -- What Bedrock takes on for an agent calls no Bedrock itself.
    select {{ element_at('request_parameters', 'roleArn') }} as role_arn

    from {{ ref('fct_events') }}

    where
        event_source = 'sts.amazonaws.com'
        and event_name = 'AssumeRole'
        and invoked_by like 'bedrock%'

)

select
    roles.role_arn,
    events.service,
    events.event_name,
    events.error_code,
    events.account_id,
    events.aws_region,
    count(*) as denied_count,
    count(distinct events.session_name) as sessions_count,
    max(events.error_message) as error_message_example,
    min(events.occurred_at) as first_called_at,
    max(events.occurred_at) as last_called_at
from {{ ref('fct_events') }} as events
inner join roles
    on events.session_issuer_arn = roles.role_arn
where
    events.outcome = 'denied'
    and not {{ matches('events.service', 'bedrock(-.*)?') }}
    and {{ within('events.occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('events.service', 'service') }}
    and {{ asked_for('events.account_id', 'account') }}
    and {{ asked_for('events.aws_region', 'region') }}
    and {{ asked_for('roles.role_arn', 'role', by='part') }}
group by
    roles.role_arn,
    events.service,
    events.event_name,
    events.error_code,
    events.account_id,
    events.aws_region
order by
    count(*) desc,
    roles.role_arn asc,
    events.service asc,
    events.event_name asc,
    events.error_code asc,
    events.account_id asc,
    events.aws_region asc
