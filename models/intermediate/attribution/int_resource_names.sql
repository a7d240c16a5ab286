-- Ids that AWS makes: i-0a1b2c3d4e5f67890, a UUID, an address.
{%- set made_id = '[a-z]+(-[a-z]+)*-[0-9a-f]{8,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(arn|https):.*' %}
with

versions as (

    select distinct
        resource_key,
        account_id,
        aws_region,
        resource_type,
        resource_id,
        resource_name,
        resource_arn

    from {{ ref('int_configuration_versions') }}

),

-- Its ARN says which service a resource is of: clusters of Neptune are of rds.
services as (

    select
        resource_key,
        max({{ first_match('resource_arn', '^arn:[^:]*:([a-z0-9-]+):') }}) as arn_service

    from versions

    group by resource_key

),

service_sources as (

    select
        service,
        event_source

    from {{ ref('service_event_sources') }}

),

names as (

    select
        *,
        resource_id as name,
        'id' as name_kind

    from versions

    union all

    select
        *,
        resource_arn as name,
        'arn' as name_kind

    from versions

    union all

    select
        *,
        resource_name as name,
        'name' as name_kind

    from versions

    union all

    -- Events know queues and topics by the last part of their address, task definitions by their
    -- family and revision: a number alone is anybody's.
    select
        *,
        case
            when {{ matches('resource_id', '.*[/:][0-9]+') }} then {{ rewritten('resource_id', '^.*/', '') }}
            else {{ rewritten('resource_id', '^.*[/:]', '') }}
        end as name,
        'tail' as name_kind

    from versions

),

-- An ARN is nobody else's, nor is an id that AWS has made; a name may be another thing's too.
distinct_names as (

    select
        resource_key,
        account_id,
        aws_region,
        resource_type,
        name,
        max(
            case
                when name_kind = 'arn' then 1
                when name_kind = 'id' and resource_id <> resource_name then 1
                when
                    name_kind = 'id'
                    and resource_name is null
                    and {{ matches('resource_id', made_id) }}
                    then 1
                else 0
            end
        ) = 1 as is_unique_name

    from names

    where name <> ''

    group by
        resource_key,
        account_id,
        aws_region,
        resource_type,
        name

),

named as (

    select
        names.resource_key,
        names.account_id,
        names.aws_region,
        names.resource_type,
        names.name,
        names.is_unique_name,
        {{ rewritten("lower(split_part(names.resource_type, '::', 3))", 's$', '') }} as noun,
        coalesce(
            service_sources.event_source,
            services.arn_service || '.amazonaws.com',
            lower(split_part(names.resource_type, '::', 2)) || '.amazonaws.com'
        ) as event_source,
        service_sources.event_source is not null as is_source_known

    from distinct_names as names

    inner join services
        on names.resource_key = services.resource_key

    left join service_sources
        on split_part(names.resource_type, '::', 2) = service_sources.service

),

-- Where no call comes from the service that the ARN speaks of, it calls itself otherwise there:
-- alarms are of cloudwatch, and PutMetricAlarm of monitoring.
silent as (

    select distinct
        noun,
        event_source

    from named

    where
        not is_source_known
        and event_source not in (select event_source from {{ ref('int_calls') }})

),

-- Calls of services that no resource's ARN speaks of.
unclaimed as (

    select distinct
        event_source,
        subject

    from {{ ref('int_calls') }}

    where event_source not in (select event_source from named)

),

lengths as (

    select distinct length(noun) as noun_length

    from silent

),

-- What a call is about ends with the noun: PutMetricAlarm.
endings as (

    select distinct
        unclaimed.event_source,
        substr(unclaimed.subject, length(unclaimed.subject) - lengths.noun_length + 1) as ending

    from unclaimed

    inner join lengths
        on length(unclaimed.subject) >= lengths.noun_length

),

found as (

    select
        silent.noun,
        silent.event_source,
        min(endings.event_source) as called_source

    from silent

    inner join endings
        on silent.noun = endings.ending

    group by
        silent.noun,
        silent.event_source

    having count(distinct endings.event_source) = 1

),

resource_names as (

    select
        named.resource_key,
        named.account_id,
        named.aws_region,
        named.resource_type,
        named.name,
        named.is_unique_name,
        named.noun,
        coalesce(found.called_source, named.event_source) as event_source

    from named

    left join found
        on
            named.noun = found.noun
            and named.event_source = found.event_source
            and not named.is_source_known

)

select * from resource_names
