with

events as (

    select
        *,
        coalesce(
            case
                when event_name like 'Assume%'
                    then {{ first_match(element_at('request_parameters', 'roleArn'), '^arn:[^:]+:iam::([0-9]{12}):') }}
            end,
            account_id
        ) as called_account_id

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and actor_account_id is not null
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('actor_account_id', 'caller_account') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    actor_account_id,
    called_account_id,
    actor,
    actor_type,
    event_source,
    event_name,
    outcome,
    aws_region,
    account_id,
    resources,
    source_ip_address,
    shared_event_id,
    event_id
from events
where actor_account_id <> called_account_id
order by
    occurred_at desc,
    event_key asc
