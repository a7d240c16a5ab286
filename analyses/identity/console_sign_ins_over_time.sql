select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    outcome,
    {{ element_at('additional_event_data', 'MFAUsed') }} as mfa_used,
    actor_type,
    count(*) as sign_ins_count,
    count(distinct actor) as actors_count,
    count(distinct source_ip_address) as addresses_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'signin.amazonaws.com'
    and event_name = 'ConsoleLogin'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_for('actor_type', 'type') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    outcome,
    {{ element_at('additional_event_data', 'MFAUsed') }},
    actor_type
order by
    period_starts_at asc,
    outcome asc,
    mfa_used asc,
    actor_type asc
