with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'dBInstanceIdentifier') }} as database

    from {{ ref('fct_events') }}

    where
        event_source = 'rds.amazonaws.com'
        and event_name in (
            'CreateDBInstance',
            'CreateDBInstanceReadReplica',
            'ModifyDBInstance',
            'RestoreDBInstanceFromDBSnapshot',
            'RestoreDBInstanceToPointInTime'
        )
        and lower({{ element_at('request_parameters', 'publiclyAccessible') }}) = 'true'
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

),

databases as (

    select
        account_id,
        aws_region,
        resource_name,
        lower({{ element_at('configuration', 'publiclyAccessible') }}) = 'true' as is_public_now

    from {{ ref('dim_resources') }}

    where
        resource_type = 'AWS::RDS::DBInstance'
        and not is_deleted

)

select
    calls.occurred_at,
    calls.account_id,
    calls.aws_region,
    calls.event_name,
    calls.database,
    {{ element_at('calls.request_parameters', 'engine') }} as engine,
    databases.is_public_now,
    calls.actor,
    calls.actor_arn,
    calls.source_ip_address,
    calls.event_id
from calls
left join databases
    on
        calls.account_id = databases.account_id
        and calls.aws_region = databases.aws_region
        and calls.database = databases.resource_name
order by
    calls.occurred_at desc,
    calls.event_key asc,
    databases.is_public_now asc
