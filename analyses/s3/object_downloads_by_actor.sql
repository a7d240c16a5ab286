with

downloads as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'key') }} as object_key,
        try_cast({{ element_at('additional_event_data', 'bytesTransferredOut') }} as bigint) as bytes_out

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and event_name = 'GetObject'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    actor,
    actor_arn,
    principal_id,
    bucket_name,
    object_key,
    outcome,
    error_message,
    count(*) as attempts_count,
    cast(sum(bytes_out) as bigint) as bytes_out,
    max(occurred_at) as last_called_at
from downloads
where
    {{ asked_for('bucket_name', 'bucket') }}
    and {{ asked_for('outcome', 'outcome') }}
group by
    actor,
    actor_arn,
    principal_id,
    bucket_name,
    object_key,
    outcome,
    error_message
order by
    count(*) desc,
    bucket_name asc,
    object_key asc,
    actor asc,
    outcome asc,
    principal_id asc,
    error_message asc
