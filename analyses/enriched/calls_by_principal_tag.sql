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
    count(*) as events_count,
    sum(case when outcome = 'succeeded' then 0 else 1 end) as errors_count,
    count(distinct actor) as callers_count,
    max(occurred_at) as last_called_at
from pairs
where {{ asked_for('tag_key', 'key') }}
group by
    tag_key,
    tag_value
order by
    events_count desc,
    tag_key asc,
    tag_value asc
