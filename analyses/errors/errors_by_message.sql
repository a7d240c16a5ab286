with

errors as (

    select
        service,
        event_name,
        error_code,
        actor,
        occurred_at,
        case
            when {{ argument('by_kind') }}
                then {{ rewritten('error_message', '(arn:[^ ,]+|[A-Za-z0-9_.@/+=-]*[0-9][A-Za-z0-9_.@/+=-]*)', '…') }}
            else error_message
        end as message

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and outcome <> 'succeeded'
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('service', 'service') }}

)

select
    message,
    error_code,
    service,
    count(*) as errors_count,
    count(distinct event_name) as names_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from errors
group by
    message,
    error_code,
    service
order by
    errors_count desc,
    service asc,
    error_code asc,
    message asc
