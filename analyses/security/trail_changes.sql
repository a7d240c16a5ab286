with

changes as (

    select
        *,
        event_name in (
            'DeleteEventDataStore', 'DeleteTrail', 'PutEventSelectors', 'PutInsightSelectors',
            'StopEventDataStoreIngestion', 'StopLogging', 'UpdateEventDataStore', 'UpdateTrail'
        ) as is_disabling

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_source = 'cloudtrail.amazonaws.com'
        and not coalesce(is_read_only, false)
        and event_name not in (
            'CancelQuery', 'GenerateQuery', 'StartDashboardRefresh', 'StartQuery'
        )
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    event_name,
    is_disabling,
    outcome,
    coalesce(
        {{ element_at('request_parameters', 'name') }},
        {{ element_at('request_parameters', 'trailName') }},
        {{ element_at('request_parameters', 'eventDataStore') }},
        {{ element_at('request_parameters', 'channel') }}
    ) as trail,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    request_parameters,
    event_id
from changes
where is_disabling or not coalesce({{ argument('disabling_only') }}, false)
order by
    occurred_at desc,
    event_key asc
