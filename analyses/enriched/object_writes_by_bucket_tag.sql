with

writes as (

    select
        event_key,
        occurred_at,
        event_name,
        outcome,
        actor,
        actor_arn,
        {{ element_at('request_parameters', 'key') }} as object_key,
        {{ json_value_text('event_context', ['tagContext', 'resourceTags']) }} as resource_tags

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and event_category = 'Data'
        and not is_read_only
        and event_context is not null
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_actor() }}

),

tagged as (

    select
        writes.*,
        {{ element_at('element', 'arn') }} as resource_arn,
        {{ element_at('element', 'tags') }} as tags

    from writes

    cross join {{ elements_of('writes.resource_tags') }} as parts

),

pairs as (

    select
        tagged.*,
        parts.name as tag_key,
        {{ json_value_text('parts.value', []) }} as tag_value

    from tagged

    cross join {{ members_of('tagged.tags') }} as parts

)

select
    tag_value,
    resource_arn,
    event_name,
    object_key,
    outcome,
    actor,
    actor_arn,
    count(distinct event_key) as events_count,
    max(occurred_at) as last_called_at
from pairs
where
    tag_key = {{ argument('key') }}
    and {{ asked_for('tag_value', 'value') }}
group by
    tag_value,
    resource_arn,
    event_name,
    object_key,
    outcome,
    actor,
    actor_arn
order by
    events_count desc,
    tag_value asc,
    resource_arn asc,
    event_name asc,
    object_key asc,
    outcome asc,
    actor asc,
    actor_arn asc
