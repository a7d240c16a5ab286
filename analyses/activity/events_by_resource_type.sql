with

calls as (

    select *

    from {{ ref('fct_events') }}

    where
        resources is not null
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_actor() }}

),

named as (

    select
        calls.*,
        {{ element_at('parts.element', 'type') }} as resource_type,
        {{ element_at('parts.element', 'ARN') }} as resource_arn,
        {{ element_at('parts.element', 'accountId') }} as owner_account_id

    from calls

    cross join {{ elements_of('calls.resources') }} as parts

)

select
    occurred_at,
    resource_type,
    resource_arn,
    owner_account_id,
    event_source,
    event_name,
    outcome,
    error_code,
    actor,
    account_id,
    aws_region,
    event_id
from named
where
    {{ asked_for('resource_type', 'type') }}
    and {{ asked_for('resource_arn', 'resource', by='part') }}
order by
    occurred_at desc,
    event_key asc,
    resource_type asc,
    resource_arn asc
