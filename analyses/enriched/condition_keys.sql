with

enriched as (

    select
        event_key,
        occurred_at,
        actor,
        {{ json_value_text('event_context', ['requestContext']) }} as request_context

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_context is not null
        and {{ asked_for('account_id', 'account') }}

),

pairs as (

    select
        enriched.*,
        parts.name as condition_key,
        {{ json_value_text('parts.value', []) }} as condition_value,
        case
            when lower(parts.name) like 'aws:principal%' or lower(parts.name) like 'aws:user%'
                then 'principal'
            when
                lower(parts.name) like 'aws:multifactorauth%'
                or lower(parts.name) like 'aws:ec2instance%'
                or lower(parts.name) in (
                    'aws:assumedroot', 'aws:federatedprovider', 'aws:sourceidentity',
                    'aws:tokenissuetime', 'ec2:rolearn', 'ec2:sourceinstancearn',
                    'lambda:sourcefunctionarn', 'ssm:sourceinstancearn'
                )
                then 'session'
            else 'request'
        end as about

    from enriched

    cross join {{ members_of('enriched.request_context') }} as parts

)

select
    about,
    condition_key,
    condition_value,
    count(*) as events_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from pairs
where
    {{ asked_for('about', 'about') }}
    and {{ asked_for('condition_key', 'key') }}
group by
    about,
    condition_key,
    condition_value
order by
    about asc,
    events_count desc,
    condition_key asc,
    condition_value asc
