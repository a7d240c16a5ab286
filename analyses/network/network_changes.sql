select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    outcome,
    error_code,
    coalesce({{ element_at('request_parameters', 'vpcId') }}, {{ json_value_text('response_elements', ['vpc', 'vpcId']) }}) as vpc_id,
    {{ element_at('request_parameters', 'routeTableId') }} as route_table_id,
    request_parameters,
    actor,
    actor_arn,
    invoked_by,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    event_source = 'ec2.amazonaws.com'
    and not is_read_only
    and {{ matches('event_name', '.*(Vpc|Subnet|Route|Gateway|NetworkAcl|DhcpOptions|PrefixList|VpnConnection|FlowLogs).*') }}
    and {{ within('occurred_at', var('since', none), var('until', none)) }}
    and {{ asked_for('event_name', 'event') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
