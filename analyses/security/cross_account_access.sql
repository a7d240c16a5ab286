with

events as (

    select
        *,
        coalesce(
            case
                when event_name like 'Assume%'
                    then {{ first_match(element_at('request_parameters', 'roleArn'), '^arn:[^:]+:iam::([0-9]{12}):') }}
            end,
            account_id
        ) as called_account_id

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and actor_account_id is not null
        and {{ asked_for('account_id', 'account') }}

)

select
    actor_account_id,
    called_account_id,
    service,
    event_name,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from events
where actor_account_id <> called_account_id
group by
    actor_account_id,
    called_account_id,
    service,
    event_name
order by
    events_count desc,
    actor_account_id asc,
    called_account_id asc,
    service asc,
    event_name asc
