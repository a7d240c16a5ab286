with

tagged as (

    select
        event_key,
        event_id,
        occurred_at,
        account_id,
        aws_region,
        service,
        event_source,
        event_name,
        event_category,
        request_parameters,
        outcome,
        actor,
        {{ json_value_text('event_context', ['tagContext', 'resourceTags']) }}
            as resource_tags

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_context is not null
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_for('event_name', 'event') }}
        and {{ asked_for('event_category', 'category') }}

),

resources as (

    select
        tagged.*,
        {{ element_at('element', 'arn') }} as resource_arn,
        {{ element_at('element', 'tags') }} as tags

    from tagged

    cross join {{ elements_of('tagged.resource_tags') }} as parts

),

pairs as (

    select
        resources.*,
        parts.name as tag_key,
        {{ json_value_text('parts.value', []) }} as tag_value

    from resources

    cross join {{ members_of('resources.tags') }} as parts

)

select
    occurred_at,
    tag_key,
    tag_value,
    resource_arn,
    {{ element_at('request_parameters', 'key') }} as object_key,
    event_source,
    event_name,
    event_category,
    outcome,
    actor,
    account_id,
    aws_region,
    event_id
from pairs
where
    {{ asked_for('tag_key', 'key') }}
    and {{ asked_for('tag_value', 'value') }}
order by
    occurred_at desc,
    event_key asc,
    resource_arn asc,
    tag_key asc
