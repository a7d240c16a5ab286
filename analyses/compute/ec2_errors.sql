select
    error_code,
    event_name,
    outcome,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    max(error_message) as error_message_example,
    max(occurred_at) as last_called_at
from {{ ref('fct_events') }}
where
    event_source = 'ec2.amazonaws.com'
    and error_code is not null
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
group by
    error_code,
    event_name,
    outcome
order by
    count(*) desc,
    error_code asc,
    event_name asc
