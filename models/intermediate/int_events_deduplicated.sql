{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

{%- set fields = event_fields() -%}
{%- set lineage = ['_store', '_source_object', '_source_offset', '_landed_at', '_batch_id'] -%}
{%- set lineage = ['_unknown_fields', '_as_sent'] + lineage -%}
{%- set columns = ['event_key', 'occurred_at', 'event_date'] + fields.values() | list + lineage -%}
{%- set kept = ['event_id', '_event_time_sent', 'account_id'] -%}
{%- set days = touched_days('cloudtrail_events') if is_incremental() else none %}

with

deliveries as (

    select
        {{ columns | join(',\n        ') }}

    from {{ ref('stg_cloudtrail__events') }}

    where
        not is_update
        {%- if days is not none %}
        and event_date in ({{ day_literals(days) }})
        {%- endif %}

),

updates as (

    select *

    from {{ ref('int_event_updates') }}

),

-- Whole rows are kept out of sorting: only what was delivered more than once is ranked.
repeated_keys as (

    select
        _store,
        event_key

    from deliveries

    group by
        _store,
        event_key

    having count(*) > 1

),

ranked as (

    select
        *,
        row_number() over (
            partition by _store, event_key
            order by
                {{ filled_count(fields.values()) }} desc,
                {{ row_hash(fields.values() | list) }} asc,
                _source_object asc,
                _source_offset asc,
                _batch_id asc
        ) as copy_number

    from deliveries

    where (_store, event_key) in (select _store, event_key from repeated_keys)

),

originals as (

    select *

    from deliveries

    where (_store, event_key) not in (select _store, event_key from repeated_keys)

    union all

    select {{ columns | join(', ') }}

    from ranked

    where copy_number = 1

),

updated as (

    select
        originals.event_key,
        originals.occurred_at,
        originals.event_date,
        {%- for column in fields.values() %}
        {%- if column in kept %}
        originals.{{ column }},
        {%- else %}
        coalesce(updates.new_{{ column }}, originals.{{ column }}) as {{ column }},
        {%- endif %}
        {%- endfor %}
        {%- for column in lineage %}
        originals.{{ column }},
        {%- endfor %}
        updates.event_key is not null as is_updated

    from originals

    left join updates
        on
            originals._store = updates._store
            and originals.event_key = updates.updated_event_key

),

-- An update without its original stands alone.
complete as (

    select *

    from updated

    union all

    select
        {{ columns | join(',\n        ') }},
        true as is_updated

    from updates

    where
        (_store, updated_event_key) not in (select _store, event_key from originals)
        {%- if days is not none %}
        and event_date in ({{ day_literals(days) }})
        {%- endif %}

),

-- Over all stores an event counts once: an updated copy first, then the first store by name.
primary_copies as (

    select
        event_key,
        min(case when is_updated then _store end) as updated_store,
        min(_store) as first_store

    from complete

    group by event_key

),

typed as (

    select
        complete.*,
        cast(lower(complete._read_only_sent) = 'true' as boolean) as is_read_only,
        cast(lower(complete._management_event_sent) = 'true' as boolean) as is_management_event,
        complete.error_code is null as is_successful,
        complete._store = coalesce(primary_copies.updated_store, primary_copies.first_store)
            as is_primary

    from complete

    inner join primary_copies
        on complete.event_key = primary_copies.event_key

)

select * from typed
