select
    occurred_at,
    actor,
    account_id,
    aws_region,
    {{ element_at('response_elements', 'queryId') }} as query_id,
    {{ element_at('request_parameters', 'queryStatement') }} as query_statement,
    outcome,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and event_source = 'cloudtrail.amazonaws.com'
    and event_name = 'StartQuery'
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
