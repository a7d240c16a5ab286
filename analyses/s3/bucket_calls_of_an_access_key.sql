with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'key') }} as object_key

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and access_key_id is not null
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('access_key_id', 'key') }}

)

select
    access_key_id,
    actor,
    bucket_name,
    object_key,
    event_name,
    outcome,
    count(*) as events_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from calls
where bucket_name is not null
group by
    access_key_id,
    actor,
    bucket_name,
    object_key,
    event_name,
    outcome
order by
    count(*) desc,
    access_key_id asc,
    bucket_name asc,
    object_key asc,
    event_name asc,
    outcome asc,
    actor asc
