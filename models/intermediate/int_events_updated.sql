{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={
        'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates',
        'nothing_without': 'int_updated_event_deliveries',
    },
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

{%- set fields = event_fields() -%}
{#- An addendum never changes what the event is known by, nor is it a part of the event. -#}
{%- set never_changed = ['eventID', 'eventTime', 'recipientAccountId', 'addendum'] -%}
{#- One that names no fields changes those that it carries, but not the call's own id. -#}
{%- set changed_by_name = ['requestID'] -%}
{%- set lineage = ['_source_object', '_source_offset', '_landed_at', '_batch_id'] -%}
{%- set of_one_copy = ['occurred_at', 'event_date', '_unknown_fields'] + lineage -%}
{%- set days = day_literals(touched_days('cloudtrail_events')) if is_incremental() %}

with

-- The original comes first, of several copies the most complete; then its addenda, newest first.
-- A field stands with how it was sent, `tag:value`, or `tag-` for null: a null counts as well.
deliveries as (

    select
        *,
        ',' || nullif({{ rewritten(element_at('addendum', 'updatedFields'), '[\\s"\\[\\]]', '') }}, '')
        || ',' as named_fields,
        {%- for name, column in fields.items() %}
        coalesce(split_part(split_part(_as_sent, '"{{ name }}":"', 2), '"', 1), '')
        || coalesce(':' || {{ column }}, '-') as sent_{{ column }},
        {%- endfor %}
        min(case when is_update then 1 else 0 end) over (
            partition by _store, updated_event_key
        ) = 1 as is_without_original,
        count(*) over (partition by _store, updated_event_key) as copies_count,
        row_number() over (
            partition by _store, updated_event_key
            order by
                is_update asc,
                case when is_update then occurred_at end desc,
                {{ fullest_first(fields.values() | list) }}
        ) as copy_number

    from {{ ref('int_updated_event_deliveries') }}
    {%- if days %}

    where
        updated_event_key in (
            select updated_event_key
            from {{ ref('int_updated_event_deliveries') }}
            where event_date in ({{ days }})
        )
    {%- endif %}

),

-- Of each field: what the newest addendum that names it says; else what the original says, or,
-- without an original, the newest addendum that has it.
merged as (

    select
        _store,
        updated_event_key,
        {%- for name, column in fields.items() %}
        min_by(
            sent_{{ column }},
            {%- if name not in never_changed %}
            case
                when
                    is_update
                    and (
                        named_fields like '%,{{ name }},%'
                        {%- if name not in changed_by_name %}
                        or (named_fields is null and {{ column }} is not null)
                        {%- endif %}
                    )
                    then copy_number
                when is_without_original and {{ column }} is not null
                    then copy_number + copies_count
                else copy_number + 2 * copies_count
            end
            {%- else %}
            copy_number
            {%- endif %}
        ) as sent_{{ column }},
        {%- endfor %}
        max(case when is_update then 1 else 0 end) = 1 as is_updated

    from deliveries

    group by
        _store,
        updated_event_key

),

events as (

    select
        merged.updated_event_key as event_key,
        {%- for column in fields.values() %}
        case
            when strpos(merged.sent_{{ column }}, ':') > 0
                then substr(merged.sent_{{ column }}, strpos(merged.sent_{{ column }}, ':') + 1)
        end as {{ column }},
        {%- endfor %}
        {%- for column in of_one_copy %}
        deliveries.{{ column }},
        {%- endfor %}
        nullif('{' || concat_ws(
            ','
            {%- for name, column in fields.items() %},
            '"{{ name }}":"'
            || nullif(split_part(replace(merged.sent_{{ column }}, '-', ':'), ':', 1), '') || '"'
            {%- endfor %}
        ) || '}', '{}') as _as_sent,
        merged._store,
        merged.is_updated

    from merged

    inner join deliveries
        on
            merged._store = deliveries._store
            and merged.updated_event_key = deliveries.updated_event_key
            and deliveries.copy_number = 1

    {%- if days %}

    where deliveries.event_date in ({{ days }})
    {%- endif %}

)

select * from events
