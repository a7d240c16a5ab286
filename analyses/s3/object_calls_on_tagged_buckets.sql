with

calls as (

    select
        *,
        {{ element_at('request_parameters', 'bucketName') }} as bucket_name,
        {{ element_at('request_parameters', 'key') }} as object_key

    from {{ ref('fct_events') }}

    where
        event_source = 's3.amazonaws.com'
        and event_category = 'Data'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('event_name', 'event') }}

),

tags as (

    select
        versions.resource_id,
        versions.captured_at,
        versions.superseded_at,
        members.name as tag,
        {{ json_value_text('members.value', []) }} as tag_value

    from {{ ref('fct_resource_versions') }} as versions

    cross join {{ members_of('versions.tags') }} as members

    where versions.resource_type = 'AWS::S3::Bucket'

)

select
    calls.occurred_at,
    calls.account_id,
    calls.aws_region,
    calls.bucket_name,
    calls.object_key,
    tags.tag,
    tags.tag_value,
    calls.event_name,
    calls.outcome,
    calls.actor,
    calls.actor_arn,
    calls.event_id
from calls
inner join tags
    on
        calls.bucket_name = tags.resource_id
        and calls.occurred_at >= tags.captured_at
        and {{ is_before_end('calls.occurred_at', 'tags.superseded_at') }}
where
    {{ asked_for('tags.tag', 'tag') }}
    and {{ asked_for('tags.tag_value', 'value') }}
order by
    calls.occurred_at desc,
    calls.event_key asc,
    tags.tag asc
