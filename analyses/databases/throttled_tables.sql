with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'tableName') }} as table_name

    from {{ ref('fct_events') }}

    where
        event_source = 'dynamodb.amazonaws.com'
        and event_category = 'Data'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    table_name,
    account_id,
    aws_region,
    count(case when outcome = 'throttled' then 1 end) as throttled_count,
    count(*) as calls_count,
    count(distinct case when outcome = 'throttled' then actor end) as callers_count,
    max(case when outcome = 'throttled' then occurred_at end) as last_called_at
from calls
where table_name is not null
group by
    table_name,
    account_id,
    aws_region
having count(case when outcome = 'throttled' then 1 end) > 0
order by
    count(case when outcome = 'throttled' then 1 end) desc,
    table_name asc,
    account_id asc,
    aws_region asc
