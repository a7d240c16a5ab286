select
    occurred_at,
    actor,
    event_source,
    event_name,
    error_code,
    error_message,
    {{ first_match('error_message', '(?:in an?|no) ([a-z -]+ policy)') }} as denied_by,
    account_id,
    aws_region,
    source_ip_address,
    actor_arn,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and outcome = 'denied'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
