with

tagged as (

    select
        event_key,
        occurred_at,
        account_id,
        service,
        event_name,
        outcome,
        actor,
        {{ json_value_text('event_context', ['tagContext', 'principalTags']) }}
            as principal_tags

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_context is not null
        and {{ asked_for('account_id', 'account') }}
        and outcome = 'denied'

),

pairs as (

    select
        tagged.*,
        parts.name as tag_key,
        {{ json_value_text('parts.value', []) }} as tag_value

    from tagged

    cross join {{ members_of('tagged.principal_tags') }} as parts

)

select
    tag_key,
    tag_value,
    service,
    event_name,
    count(*) as denied_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from pairs
where {{ asked_for('tag_key', 'key') }}
group by
    tag_key,
    tag_value,
    service,
    event_name
order by
    denied_count desc,
    tag_key asc,
    tag_value asc,
    service asc,
    event_name asc
