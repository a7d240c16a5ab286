with

calls as (

    select
        *,
        coalesce(
            {{ element_at('request_parameters', 'dBInstanceIdentifier') }},
            {{ element_at('request_parameters', 'dBClusterIdentifier') }},
            {{ element_at('request_parameters', 'globalClusterIdentifier') }}
        ) as database

    from {{ ref('fct_events') }}

    where
        event_source = 'rds.amazonaws.com'
        and event_name in (
            'FailoverDBCluster',
            'FailoverGlobalCluster',
            'RebootDBCluster',
            'RebootDBInstance',
            'StopDBCluster',
            'StopDBInstance',
            'SwitchoverBlueGreenDeployment',
            'SwitchoverGlobalCluster',
            'SwitchoverReadReplica'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    database,
    coalesce(
        {{ element_at('request_parameters', 'targetDBInstanceIdentifier') }},
        {{ element_at('request_parameters', 'targetDbClusterIdentifier') }}
    ) as target,
    outcome,
    error_code,
    actor,
    actor_arn,
    session_issuer_name,
    source_ip_address,
    event_id
from calls
where {{ asked_for('database', 'database') }}
order by
    occurred_at desc,
    event_key asc
