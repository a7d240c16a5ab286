select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    coalesce({{ element_at('request_parameters', 'dBInstanceIdentifier') }}, {{ element_at('request_parameters', 'dBClusterIdentifier') }}) as database,
    outcome,
    error_code,
    actor,
    actor_arn,
    session_issuer_name,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    event_source = 'rds.amazonaws.com'
    and event_name in ('DeleteDBInstance', 'DeleteDBCluster')
    and lower({{ element_at('request_parameters', 'skipFinalSnapshot') }}) = 'true'
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
