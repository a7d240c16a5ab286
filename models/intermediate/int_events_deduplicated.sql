{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
{%- set fields = event_fields().values() | list -%}
{%- set lineage = ['_store', '_source_object', '_source_offset', '_landed_at', '_batch_id'] -%}
{%- set columns = ['event_key', 'occurred_at', 'event_date'] + fields -%}
{%- set columns = columns + ['_unknown_fields', '_as_sent'] + lineage -%}
{%- set judgements = [
    'is_updated', 'is_read_only', 'is_management_event', 'is_successful', 'is_primary',
] -%}
{%- set identity = identity_fields() -%}
{%- set days = touched_days('cloudtrail_events') if is_incremental() else none -%}
{%- set in_days = '' -%}
{%- if days is not none -%}
    {%- set in_days = on_landed_days('event_date', days) ~ ' and ' -%}
{%- endif %}

with

repeated_events as (

    select event_key

    from {{ ref('stg_cloudtrail__events') }}

    where {{ in_days }} not is_update

    group by event_key

    having count(*) > 1

),

-- Whole records are neither sorted nor kept: what was delivered more than once is ranked by its
-- place.
repeated as (

    select
        event_key,
        {{ lineage | join(',\n        ') }},
        {{ filled_count(fields) }} as filled_columns_count,
        {{ row_hash(fields) }} as content_hash

    from {{ ref('stg_cloudtrail__events') }}

    where
        {{ in_days }} not is_update
        and event_key in (select event_key from repeated_events)

),

-- Over all stores an event counts once.
copies as (

    select
        event_key,
        {{ lineage | join(',\n        ') }},
        row_number() over (
            partition by _store, event_key
            order by
                filled_columns_count desc,
                content_hash asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number,
        row_number() over (
            partition by event_key
            order by
                filled_columns_count desc,
                _store asc,
                content_hash asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) = 1 as is_primary

    from repeated

),

-- A copy that says what was called, then an updated one, wherever its addendum landed.
updated as (

    select
        *,
        row_number() over (
            partition by event_key
            order by
                case when event_source is null or event_name is null then 1 else 0 end asc,
                is_updated desc,
                {{ filled_count(fields) }} desc,
                _store asc
        ) = 1 as is_primary

    from {{ ref('int_events_updated') }}

),

deduplicated as (

    select
        deliveries.{{ columns | join(',\n        deliveries.') }},
        false as is_updated,
        deliveries.is_read_only,
        deliveries.is_management_event,
        deliveries.is_successful,
        coalesce(copies.is_primary, true) as is_primary

    from {{ ref('stg_cloudtrail__events') }} as deliveries

    left join copies
        on
            deliveries.event_key = copies.event_key
            and deliveries._store = copies._store
            and deliveries._source_object = copies._source_object
            and deliveries._source_offset = copies._source_offset
            and deliveries._batch_id = copies._batch_id

    where
        {{ in_days }} not is_update
        and coalesce(copies.copy_number, 1) = 1
        and deliveries.event_key not in (select event_key from updated)

    union all

    select
        {{ columns | join(',\n        ') }},
        is_updated,
        cast(lower(_read_only_sent) = 'true' as boolean) as is_read_only,
        cast(lower(_management_event_sent) = 'true' as boolean) as is_management_event,
        error_code is null as is_successful,
        is_primary

    from updated

    where {{ in_days }} true

),

-- One reading of the identity for all that is ever asked of it.
opened as (

    select
        *,
        {{ json_values_text('user_identity', identity.values() | list) }} as identity_values

    from deduplicated

),

identified as (

    select
        *,
        {%- for column in identity %}
        {{ element_at('identity_values', loop.index) }} as {{ column }},
        {%- endfor %}
        {%- set arn = element_at('identity_values', (identity | list).index('actor_arn') + 1) %}
        -- arn:aws:sts::<account>:assumed-role/<role>/<session>: neither name holds a slash.
        case
            when strpos({{ arn }}, ':assumed-role/') > 0
                then nullif(split_part({{ arn }}, '/', 3), '')
        end as session_name

    from opened

),

resolved as (

    select
        {{ (columns + judgements) | join(',\n        ') }},
        {%- for column in identity if column != 'mfa_authenticated' %}
        {{ column }},
        {%- endfor %}
        session_name,
        -- The source identity cannot be chosen anew by the session; a session's name is its
        -- person's where Identity Center gave it, or where it is an address.
        coalesce(
            source_identity,
            case
                when session_issuer_name like 'AWSReservedSSO@_%' escape '@' then session_name
                when strpos(session_name, '@') > 0 then session_name
                when actor_type = 'IAMUser' then user_name
                when actor_type = 'Root' then 'root'
            end
        ) as person,
        lower(mfa_authenticated) = 'true' as is_mfa_authenticated,
        coalesce(lower(session_credential_from_console) = 'true', false)
        or coalesce(strpos(lower(user_agent), 'console') > 0, false) as is_from_console

    from identified

)

select * from resolved
