with

scans as (

    select
        *,
        {{ element_at('request_parameters', 'tableName') }} as table_name

    from {{ ref('fct_events') }}

    where
        event_source = 'dynamodb.amazonaws.com'
        and event_name = 'Scan'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    table_name,
    {{ element_at('request_parameters', 'indexName') }} as index_name,
    outcome,
    error_code,
    actor,
    actor_arn,
    source_ip_address,
    user_agent,
    request_parameters,
    event_id
from scans
where {{ asked_for('table_name', 'table') }}
order by
    occurred_at desc,
    event_key asc
