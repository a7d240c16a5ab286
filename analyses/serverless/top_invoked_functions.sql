with

invocations as (

    select
        *,
        -- A name, a part of an ARN or a whole one, with a version or an alias behind it or not.
        coalesce(
            {{ first_match(element_at('request_parameters', 'functionName'), 'function:([^:]+)') }},
            {{ element_at('request_parameters', 'functionName') }}
        ) as function_name

    from {{ ref('fct_events') }}

    where
        event_source = 'lambda.amazonaws.com'
        and event_category = 'Data'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    function_name,
    account_id,
    aws_region,
    count(distinct actor) as callers_count,
    count(*) as events_count,
    count(case when outcome = 'succeeded' then 1 end) as succeeded_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(case when outcome = 'failed' then 1 end) as failed_count,
    max(occurred_at) as last_called_at
from invocations
group by
    function_name,
    account_id,
    aws_region
order by
    count(*) desc,
    function_name asc,
    account_id asc,
    aws_region asc
