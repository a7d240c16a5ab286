with

events as (

    select
        event_date,
        {{ iso_weekday('event_date') }} as weekday_number

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_category = 'Data'
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('service', 'service') }}

)

select
    weekday_number,
    case weekday_number
        when 1 then 'Monday'
        when 2 then 'Tuesday'
        when 3 then 'Wednesday'
        when 4 then 'Thursday'
        when 5 then 'Friday'
        when 6 then 'Saturday'
        when 7 then 'Sunday'
    end as weekday,
    count(*) as events_count,
    count(distinct event_date) as days_count
from events
group by weekday_number
order by weekday_number asc
