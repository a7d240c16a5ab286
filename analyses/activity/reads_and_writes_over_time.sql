select
    date_trunc({{ argument('period') }}, occurred_at) as period_starts_at,
    case when is_read_only then 'read' when not is_read_only then 'write' else 'unsaid' end as kind,
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
group by
    date_trunc({{ argument('period') }}, occurred_at),
    case when is_read_only then 'read' when not is_read_only then 'write' else 'unsaid' end
order by
    period_starts_at asc,
    kind asc
