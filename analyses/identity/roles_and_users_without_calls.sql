with

used as (

    select distinct coalesce(session_issuer_arn, actor_arn) as arn

    from {{ ref('fct_events') }}

    where {{ within('occurred_at', var('since', none), var('until', none)) }}

)

select
    resources.resource_type,
    resources.resource_name,
    resources.account_id,
    resources.resource_arn,
    resources.created_at,
    resources.last_seen_at
from {{ ref('dim_resources') }} as resources
left join used
    on resources.resource_arn = used.arn
where
    resources.resource_type in ('AWS::IAM::Role', 'AWS::IAM::User')
    and not resources.is_deleted
    and used.arn is null
    and {{ asked_for('resources.account_id', 'account') }}
order by
    resources.account_id asc,
    resources.resource_type asc,
    resources.resource_name asc,
    resources.resource_arn asc
