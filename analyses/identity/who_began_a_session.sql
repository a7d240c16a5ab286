with

beginnings as (

    select
        event_key,
        event_id,
        occurred_at as began_at,
        actor as begun_by,
        actor_type,
        access_key_id as begun_by_key_id,
        source_ip_address as begun_from,
        {{ element_at('request_parameters', 'roleArn') }} as role_arn,
        {{ json_value_text('response_elements', ['credentials', 'accessKeyId']) }}
            as session_key_id

    from {{ ref('fct_events') }}

    where
        event_source = 'sts.amazonaws.com'
        and event_name like 'Assume%'
        and outcome = 'succeeded'

),

sessions as (

    select
        access_key_id,
        count(*) as events_count,
        min(occurred_at) as first_called_at,
        max(occurred_at) as last_called_at

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and access_key_id like 'ASIA%'
        and {{ asked_for('access_key_id', 'key') }}

    group by access_key_id

)

select
    beginnings.began_at,
    beginnings.session_key_id,
    beginnings.role_arn,
    beginnings.begun_by,
    beginnings.actor_type,
    beginnings.begun_by_key_id,
    beginnings.begun_from,
    coalesce(sessions.events_count, 0) as events_count,
    sessions.first_called_at,
    sessions.last_called_at,
    beginnings.event_id
from beginnings
left join sessions
    on beginnings.session_key_id = sessions.access_key_id
where
    {{ within('beginnings.began_at', var('since', none), var('until', none)) }}
    and {{ asked_for('beginnings.session_key_id', 'key') }}
    and {{ asked_for('beginnings.role_arn', 'role', by='part') }}
    and beginnings.session_key_id is not null
order by
    beginnings.began_at desc,
    beginnings.event_key asc
