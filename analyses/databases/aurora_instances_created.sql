with

instances as (

    select
        *,
        {{ element_at('request_parameters', 'engine') }} as engine,
        coalesce(lower({{ element_at('request_parameters', 'enablePerformanceInsights') }}) = 'true', false)
            as has_performance_insights

    from {{ ref('fct_events') }}

    where
        event_source = 'rds.amazonaws.com'
        and event_name = 'CreateDBInstance'
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    account_id,
    aws_region,
    {{ element_at('request_parameters', 'dBInstanceIdentifier') }} as database,
    {{ element_at('request_parameters', 'dBClusterIdentifier') }} as database_cluster,
    engine,
    {{ element_at('request_parameters', 'engineVersion') }} as engine_version,
    {{ element_at('request_parameters', 'dBInstanceClass') }} as instance_class,
    {{ element_at('request_parameters', 'availabilityZone') }} as availability_zone,
    has_performance_insights,
    actor,
    actor_arn,
    event_id
from instances
where
    engine like 'aurora%'
    and {{ asked_for('engine', 'engine') }}
    and {{ asked_for('has_performance_insights', 'performance_insights') }}
order by
    occurred_at desc,
    event_key asc
