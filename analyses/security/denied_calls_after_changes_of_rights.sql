with

denied as (

    select
        event_key,
        event_id,
        occurred_at,
        account_id,
        event_source,
        event_name,
        error_message,
        actor,
        coalesce(session_issuer_arn, actor_arn) as principal_arn

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and outcome = 'denied'
        and {{ asked_for('account_id', 'account') }}

),

changes as (

    select
        change_id,
        resource_arn,
        coalesce(occurred_at, captured_at) as changed_at,
        coalesce(person, actor_arn) as changed_by,
        event_name

    from {{ ref('fct_configuration_changes') }}

    where
        resource_type in ('AWS::IAM::Role', 'AWS::IAM::User')
        and change_kind in ('created', 'modified', 'recreated', 'relationship_only')

)

select
    denied.occurred_at,
    denied.actor,
    denied.event_source,
    denied.event_name,
    denied.error_message,
    changes.changed_at,
    changes.changed_by,
    changes.event_name as change_event_name,
    denied.account_id,
    denied.event_id,
    changes.change_id
from denied
inner join changes
    on
        denied.principal_arn = changes.resource_arn
        and denied.occurred_at >= changes.changed_at
        and {{ dbt.datediff('changes.changed_at', 'denied.occurred_at', 'second') }}
        <= {{ argument('hours') }} * 3600
order by
    denied.occurred_at desc,
    denied.event_key asc,
    changes.changed_at desc,
    changes.change_id asc
