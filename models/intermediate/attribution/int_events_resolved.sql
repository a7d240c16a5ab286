{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_resource_names', 'partition': 'event_date', 'linked_by': 'updates'},
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}, {{ ref('int_versions_to_judge') }}
{%- set some = judges_some() %}
{%- set days = day_literals(touched_days('cloudtrail_events', 'int_change_causes')) if some %}
with

names as (

    select
        *,
        {%- if some %}
        resource_key in (
            select resource_key
            from {{ ref('int_versions_to_judge') }}
            where is_renamed
        ) as is_renamed
        {%- else %}
        true as is_renamed
        {%- endif %}

    from {{ ref('int_resource_names') }}

),

texts as (

    select
        event_key,
        account_id,
        place,
        label,
        value,
        event_date

    from {{ ref('int_write_texts') }}

    where
        length(value) > 1
        {%- if some %}
        and (
            event_date in ({{ days }})
            or value in (select name from names where is_renamed)
            or (
                value like 'arn:%'
                and {{ rewritten('value', '^.*[/:]', '') }} in (
                    select name from names where is_renamed
                )
            )
        )
        {%- endif %}

),

-- An ARN names by its last part too.
named as (

    select
        event_key,
        account_id,
        place,
        label,
        event_date,
        value as name,
        true as is_whole,
        cast(null as {{ dbt.type_string() }}) as arn_noun

    from texts

    union all

    select
        event_key,
        account_id,
        place,
        label,
        event_date,
        {{ rewritten('value', '^.*[/:]', '') }} as name,
        false as is_whole,
        -- arn:aws:iam::<account>:instance-profile/<name>
        lower({{ rewritten(
            first_match('value', '^(?:[^:]*:){5}([A-Za-z-]+)[/:]'), '-', ''
        ) }}) as arn_noun

    from texts

    where value like 'arn:%'

),

nouns as (

    select distinct noun

    from {{ ref('int_resource_names') }}

),

writes as (

    select
        writes.event_key,
        writes.account_id,
        writes.aws_region,
        writes.event_source,
        writes.call_name,
        writes.is_management_event,
        writes.occurred_at,
        writes.event_date,
        calls.subject

    from {{ ref('int_writes') }} as writes

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name

),

-- `userName` does not name a role: what a label says before Name, Id or ARN.
labelled as (

    select
        *,
        {{ label_noun('label') }} as label_noun

    from named

),

mentions as (

    select
        named.event_key,
        names.resource_key,
        names.account_id,
        names.resource_type,
        names.noun,
        names.is_unique_name and named.is_whole as is_unique_name,
        named.place,
        named.label,
        writes.call_name,
        writes.event_source,
        writes.is_management_event,
        writes.occurred_at,
        named.event_date,
        writes.event_source = names.event_source as is_of_service,
        strpos(writes.subject, names.noun) > 0 as is_subject_named,
        writes.subject = names.noun as is_subject,
        named.place = 'request' and named.label_noun like '%' || names.noun as is_labelled

    from labelled as named

    inner join names
        on
            named.name = names.name
            and named.account_id = names.account_id
            {%- if some %}
            and (names.is_renamed or named.event_date in ({{ days }}))
            {%- endif %}

    inner join writes
        on
            named.event_key = writes.event_key
            and (names.aws_region = writes.aws_region or names.aws_region = 'global')

    left join nouns
        on named.arn_noun = nouns.noun

    -- Equal names of another service's or another type's things are not this resource.
    where
        names.name <> names.account_id
        and (
            (names.is_unique_name and named.is_whole)
            or (
                writes.event_source = names.event_source
                and (
                    named.label_noun in ('', 'arn', 'id', 'identifier', 'key', 'name', 'resource')
                    or strpos(names.noun, named.label_noun) > 0
                    or strpos(named.label_noun, names.noun) > 0
                )
                -- The ARN of a group is no policy's of the same name.
                and (
                    nouns.noun is null
                    or strpos(names.noun, nouns.noun) > 0
                    or strpos(nouns.noun, names.noun) > 0
                )
            )
        )

    union all

    -- What an account has one of is called as the account is, which any call may tell: its own calls
    -- are those about such a thing, and need not name it.
    select
        writes.event_key,
        names.resource_key,
        names.account_id,
        names.resource_type,
        names.noun,
        true as is_unique_name,
        'request' as place,
        cast(null as {{ dbt.type_string() }}) as label,
        writes.call_name,
        writes.event_source,
        writes.is_management_event,
        writes.occurred_at,
        writes.event_date,
        true as is_of_service,
        true as is_subject_named,
        true as is_subject,
        false as is_labelled

    from names

    inner join writes
        on
            names.account_id = writes.account_id
            and names.name = names.account_id
            and names.event_source = writes.event_source
            and names.noun = writes.subject
            and (names.aws_region = writes.aws_region or names.aws_region = 'global')
            {%- if some %}
            and (names.is_renamed or writes.event_date in ({{ days }}))
            {%- endif %}

),

resolved as (

    select
        event_key,
        resource_key,
        account_id,
        resource_type,
        noun,
        event_source,
        call_name,
        max(case when place = 'request' then label end) as named_as,
        max(case when is_unique_name then 1 else 0 end) = 1 as is_uniquely_named,
        max(case when place = 'response' then 1 else 0 end) = 1 as is_in_response,
        max(case when place <> 'response' then 1 else 0 end) = 1 as is_in_request,
        max(case when is_labelled then 1 else 0 end) = 1 as is_labelled,
        is_of_service,
        is_subject_named,
        is_subject,
        is_management_event,
        occurred_at,
        event_date

    from mentions

    group by
        event_key,
        resource_key,
        account_id,
        resource_type,
        noun,
        event_source,
        call_name,
        is_of_service,
        is_subject_named,
        is_subject,
        is_management_event,
        occurred_at,
        event_date

)

select * from resolved
