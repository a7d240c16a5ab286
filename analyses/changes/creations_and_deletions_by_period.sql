with

calls as (

    select
        cast(date_trunc({{ argument('period') }}, occurred_at) as timestamp) as period_starts_at,
        {{ makes_something('event_name') }} as is_creation,
        outcome = 'succeeded' as is_done

    from {{ ref('fct_events') }}

    where
        not is_read_only
        and coalesce(event_category, 'Management') = 'Management'
        and ({{ makes_something('event_name') }} or {{ ends_something('event_name') }})
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

)

select
    period_starts_at,
    count(case when is_done and is_creation then 1 end) as creations_count,
    count(case when is_done and not is_creation then 1 end) as deletions_count,
    count(case when is_done then null else 1 end) as refused_count
from calls
group by period_starts_at
order by period_starts_at asc
