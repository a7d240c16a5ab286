with

privileged as (

    select distinct
        actor,
        account_id

    from {{ ref('fct_events') }}

    where
        event_source = 'iam.amazonaws.com'
        and outcome = 'succeeded'
        and (
            {{ changes_rights('event_name') }}
            or event_name in (
                'AddUserToGroup', 'CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile'
            )
        )

),

events as (

    select
        actor,
        account_id,
        service,
        event_name,
        outcome,
        occurred_at

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}

)

select
    events.actor,
    events.account_id,
    events.service,
    events.event_name,
    count(*) as events_count,
    sum(case when events.outcome = 'succeeded' then 0 else 1 end) as errors_count,
    max(events.occurred_at) as last_called_at
from events
inner join privileged
    on
        events.actor = privileged.actor
        and events.account_id = privileged.account_id
group by
    events.actor,
    events.account_id,
    events.service,
    events.event_name
order by
    events_count desc,
    events.actor asc,
    events.account_id asc,
    events.service asc,
    events.event_name asc
