with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and {{ element_at('additional_event_data', 'aclRequired') }} = 'Yes'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}

)

select
    bucket_name,
    account_id,
    aws_region,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from calls
group by
    bucket_name,
    account_id,
    aws_region
order by
    account_id asc,
    aws_region asc,
    bucket_name asc
