with

sign_ins as (

    select
        source_ip_address,
        account_id,
        actor,
        outcome,
        occurred_at,
        min(case when outcome = 'failed' then occurred_at end) over (
            partition by source_ip_address, account_id
        ) as first_failed_at

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_source = 'signin.amazonaws.com'
        and event_name = 'ConsoleLogin'
        and {{ asked_for('account_id', 'account') }}

)

select
    source_ip_address,
    account_id,
    sum(case when outcome = 'failed' then 1 else 0 end) as failed_count,
    count(distinct case when outcome = 'failed' then actor end) as actors_count,
    min(first_failed_at) as first_failed_at,
    max(case when outcome = 'failed' then occurred_at end) as last_failed_at,
    min(case when outcome = 'succeeded' and occurred_at > first_failed_at then occurred_at end)
        as succeeded_later_at
from sign_ins
where first_failed_at is not null
group by
    source_ip_address,
    account_id
order by
    failed_count desc,
    source_ip_address asc,
    account_id asc
