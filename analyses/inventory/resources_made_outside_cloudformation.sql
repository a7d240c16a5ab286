select
    created_at,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    event_name,
    actor_arn,
    actor_type,
    invoked_by,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_resource_creations') }}
where
    event_id is not null
    and coalesce(invoked_by, '') <> 'cloudformation.amazonaws.com'
    and coalesce(source_ip_address, '') <> 'cloudformation.amazonaws.com'
    and resource_type <> 'AWS::CloudFormation::Stack'
    and {{ within('created_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for(['actor_arn', 'session_issuer_arn'], 'actor', by='part') }}
    and {{ asked_for('resource_type', 'type') }}
order by
    created_at desc,
    creation_id asc
