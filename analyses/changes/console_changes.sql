with

calls as (

    select *

    from {{ ref('fct_events') }}

    where
        is_from_console
        and not is_read_only
        and event_source <> 'signin.amazonaws.com'
        and invoked_by is null
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    calls.occurred_at,
    calls.account_id,
    calls.aws_region,
    calls.service,
    calls.event_name,
    calls.outcome,
    calls.error_code,
    calls.actor,
    calls.actor_arn,
    calls.person,
    calls.source_ip_address,
    calls.is_mfa_authenticated,
    attributions.resource_type,
    attributions.resource_id,
    attributions.change_id,
    calls.event_id
from calls
left join {{ ref('fct_change_attributions') }} as attributions
    on calls.event_key = attributions.event_key
order by
    calls.occurred_at desc,
    calls.event_key asc,
    attributions.change_id asc
