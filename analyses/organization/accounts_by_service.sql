with

counted as (

    select
        service,
        account_id,
        count(*) as events_count,
        sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('service', 'service') }}

    group by
        service,
        account_id

)

select
    service,
    account_id,
    row_number() over (
        partition by service
        order by
            events_count desc,
            account_id asc
    ) as rank_in_service,
    events_count,
    errors_count
from counted
order by
    service asc,
    rank_in_service asc
