select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    count(*) as events_count,
    count({{ json_value_text('event_context', ['tagContext', 'resourceTags']) }}) as with_resource_tags_count,
    count({{ json_value_text('event_context', ['tagContext', 'principalTags']) }}) as with_principal_tags_count,
    count({{ json_value_text('event_context', ['requestContext']) }}) as with_condition_keys_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_context is not null
    and {{ asked_for('account_id', 'account') }}
group by date_trunc({{ argument('period') }}, occurred_at)
order by period_starts_at asc
