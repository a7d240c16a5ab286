with

reads as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'key') }} as object_key,
        try_cast({{ element_at('additional_event_data', 'bytesTransferredOut') }} as bigint) as bytes_out

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and event_name = 'GetObject'
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    bucket_name,
    object_key,
    account_id,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    cast(sum(bytes_out) as bigint) as bytes_out,
    max(occurred_at) as last_called_at
from reads
where {{ asked_for('bucket_name', 'bucket') }}
group by
    bucket_name,
    object_key,
    account_id
order by
    count(*) desc,
    bucket_name asc,
    object_key asc,
    account_id asc
