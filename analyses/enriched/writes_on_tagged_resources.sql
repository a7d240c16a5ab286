select
    occurred_at,
    event_source,
    event_name,
    actor_arn,
    person,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    tags,
    event_id
from {{ ref('fct_event_resources') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and strpos(tags, '"' || {{ argument('key') }} || '":') > 0
    and (
        {{ argument('value') }} is null
        or strpos(tags, '"' || {{ argument('key') }} || '":"' || {{ argument('value') }} || '"') > 0
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('resource_type', 'type') }}
order by
    occurred_at desc,
    event_key asc,
    resource_type asc,
    resource_id asc
