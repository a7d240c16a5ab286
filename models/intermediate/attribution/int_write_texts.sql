{{ config(
    materialized='incremental',
    incremental_strategy='replace_partitions',
    partitioned_by=['event_date'],
    meta={'partition': 'event_date', 'category': 'cloudtrail_events', 'linked_by': 'updates'},
    post_hook="{{ mark_batches_processed('cloudtrail_events') }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}
-- `{"sourceDestCheck": {"value": true}}` gives sourceDestCheck that value.
{%- set wrapped = ':\\s*\\{\\s*"value"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|-?[0-9][0-9.eE+-]*|true|false)\\s*\\}' %}
{#- `{"op": "replace", "path": "/apiKeySource", "value": "HEADER"}` gives apiKeySource that value. -#}
{%- set path = '"path"\\s*:\\s*"/[^"]*"\\s*,\\s*' %}
{%- set places = {
    'request': rewritten('events.request_parameters', wrapped, ':$1'),
    'response': 'events.response_elements',
    'resources': 'events.resources',
} %}
with

calls as (

    select
        event_key,
        shared_event_id,
        account_id,
        request_parameters,
        response_elements,
        resources,
        event_date

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and is_successful
        and coalesce(not is_read_only, true)
        and coalesce(event_category, 'Management') in ('Management', 'Data')
        {%- if is_incremental() %}
        and event_date in ({{ day_literals(touched_days('cloudtrail_events')) }})
        {%- endif %}

),

owners as (

    select distinct
        calls.event_key,
        calls.shared_event_id,
        calls.account_id as caller_account_id,
        {{ first_match('parts.owner', '"([0-9]+)"$') }} as account_id

    from calls

    cross join unnest(
        {{ all_matches('calls.resources', '"accountId"\\s*:\\s*"[0-9]+"') }}
    ) as parts (owner)

),

-- A call into another account is logged in both, at one time. Where the owner's copy has not
-- landed, the caller's tells what the call did there.
missing_copies as (

    select
        owners.event_key,
        owners.account_id

    from owners

    left join calls as copies
        on
            owners.shared_event_id = copies.shared_event_id
            and owners.account_id = copies.account_id

    where
        owners.account_id <> owners.caller_account_id
        and copies.event_key is null

),

events as (

    select
        event_key,
        account_id,
        request_parameters,
        response_elements,
        resources,
        event_date

    from calls

    union all

    select
        calls.event_key,
        missing_copies.account_id,
        calls.request_parameters,
        calls.response_elements,
        calls.resources,
        calls.event_date

    from missing_copies

    inner join calls
        on missing_copies.event_key = calls.event_key

),

scalars as (

    {%- for place, texts in places.items() %}

    select
        events.event_key,
        events.account_id,
        events.event_date,
        '{{ place }}' as place,
        parts.scalar

    from events

    cross join unnest({{ json_scalars(texts) }}) as parts (scalar)
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

-- Most stand in many events: each is read once.
known as (

    select distinct scalar

    from scalars

),

labelled as (

    select
        scalar,
        coalesce(
            {{ scalar_label('scalar') }},
            {{ first_match('scalar', '^"([A-Za-z]+)"\\s*:$') }}
        ) as label,
        {{ scalar_value('scalar') }} as value

    from known

),

read as (

    select
        scalars.event_key,
        scalars.account_id,
        scalars.place,
        labelled.label,
        labelled.value,
        scalars.event_date

    from scalars

    inner join labelled
        on scalars.scalar = labelled.scalar

),

-- The elements of an array, by its label too: `"valuesToAdd":["all"]`.
arrays as (

    select
        events.event_key,
        events.account_id,
        events.event_date,
        parts.labelled

    from events

    cross join unnest(
        {{ all_matches('events.request_parameters', '"[A-Za-z]+"\\s*:\\s*\\[\\s*"(?:[^"\\\\]|\\\\.|"\\s*,\\s*")*"\\s*\\]') }}
    ) as parts (labelled)

),

read_elements as (

    select
        arrays.event_key,
        arrays.account_id,
        'request' as place,
        {{ first_match('arrays.labelled', '^"([A-Za-z]+)"') }} as label,
        {{ scalar_value('parts.scalar') }} as value,
        arrays.event_date

    from arrays

    cross join unnest(
        {{ json_scalars(rewritten('arrays.labelled', '^"[A-Za-z]+"\\s*:', '')) }}
    ) as parts (scalar)

),

-- Policies and the like stand in requests as texts that hold JSON.
documents as (

    select
        *,
        {{ opened_json("'\"' || value || '\"'") }} as document

    from read

    where
        place = 'request'
        and (strpos(value, '{') = 1 or strpos(value, '[') = 1 or strpos(value, '%7B') = 1)

),

read_documents as (

    select
        documents.event_key,
        documents.account_id,
        documents.place,
        {{ scalar_label('parts.scalar') }} as label,
        {{ scalar_value('parts.scalar') }} as value,
        documents.event_date

    from documents

    cross join unnest({{ json_scalars('documents.document') }}) as parts (scalar)

),

-- API Gateway's calls are JSON patches, whose path says what gets the value.
patched as (

    select
        event_key,
        account_id,
        event_date,
        request_parameters as operations

    from events

    where strpos(request_parameters, '"path"') > 0

    union all

    select
        event_key,
        account_id,
        event_date,
        document as operations

    from documents

    where strpos(document, '"path"') > 0

),

patches as (

    select
        patched.event_key,
        patched.account_id,
        'request' as place,
        {{ first_match('parts.operation', '^"path"\\s*:\\s*"[^"]*/([A-Za-z]+)"') }} as label,
        {{ scalar_value(rewritten('parts.operation', '^' ~ path, '')) }} as value,
        patched.event_date

    from patched

    cross join unnest(
        {{ all_matches('patched.operations', path ~ '"value"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*"') }}
    ) as parts (operation)

),

all_texts as (

    select *

    from read

    union all

    select *

    from read_documents

    union all

    select *

    from read_elements

    union all

    select *

    from patches

),

-- No name of a resource is longer; documents are compared by what they are, not by their text.
short as (

    select distinct
        event_key,
        account_id,
        place,
        label,
        value,
        {{ matches('value', part_id()) }} as is_part_id,
        event_date

    from all_texts

    where
        length(value) <= 2048
        or (value is null and label is not null and place = 'request')

)

select * from short
