select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    coalesce(
        {{ element_at('request_parameters', 'sourceDBClusterIdentifier') }},
        {{ element_at('request_parameters', 'sourceDBInstanceIdentifier') }}
    ) as source_database,
    coalesce(
        {{ element_at('request_parameters', 'dBClusterIdentifier') }},
        {{ element_at('request_parameters', 'targetDBInstanceIdentifier') }}
    ) as restored_database,
    coalesce({{ element_at('request_parameters', 'restoreToTime') }}, {{ element_at('request_parameters', 'restoreTime') }}) as restore_to_time,
    outcome,
    error_code,
    actor,
    actor_arn,
    event_id
from {{ ref('fct_events') }}
where
    event_source = 'rds.amazonaws.com'
    and event_name in ('RestoreDBClusterToPointInTime', 'RestoreDBInstanceToPointInTime')
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
