{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_configuration_changes', 'linked_by': 'updates'},
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}, {{ ref('int_versions_to_judge') }}
-- depends_on: {{ ref('int_change_modifying_causes') }}, {{ ref('int_events_resolved') }}
-- depends_on: {{ ref('int_changed_values') }}, {{ ref('int_resource_names') }}
-- depends_on: {{ ref('int_write_texts') }}, {{ ref('int_writes') }}, {{ ref('int_calls') }}
-- Of the calls that others than the change's own resource were touched by, it may owe itself to those
-- of its time.
{%- if not judges_some() %}
with

changes_to_follow as (

    select *

    from {{ ref('int_configuration_changes') }}

)
{%- else %}
{%- set days = touched_days('cloudtrail_events', 'int_change_causes') -%}
{%- set before = bookkeeping_relation('evidence_before') -%}
{%- set slack = interval_seconds(var('clock_slack_seconds')) -%}
{%- set ending = interval_seconds(var('continuous_capture_seconds')) %}
with

judged as (

    select
        versions.item_key as change_id,
        versions.resource_key,
        versions.is_renamed,
        before.version_hash is distinct from versions.version_hash as is_another,
        before.item_key is not null as is_known

    from {{ ref('int_versions_to_judge') }} as versions

    left join {{ bookkeeping_relation('judged_versions') }} as before
        on versions.item_key = before.item_key

),

-- Names that went are not known any more, nor whom they led to.
all_are_followed as (

    select true as yes

    from {{ ref('int_versions_to_judge') }}

    where is_gone

    union

    select true as yes

    from judged

    where
        is_renamed
        and resource_key in (
            select resource_key from {{ bookkeeping_relation('judged_versions') }}
        )

),

now as (

    {{ evidence_found(
        'select change_id from judged union select change_id from ' ~ before
    ) | indent(4) }}

),

before as (

    select
        change_id,
        event_key,
        occurred_at,
        found

    from {{ before }}

),

found_newly as (

    select * from now

    except

    select * from before

),

found_no_more as (

    select * from before

    except

    select * from now

),

differing as (

    select * from found_newly

    union

    select * from found_no_more

    union

    select *

    from now

    where change_id in (select change_id from judged where is_another)

),

-- What calls of these days joined two resources by. Who makes an instance is told ids too, of its
-- network and its image, which calls of all times name.
joining as (

    select event_key

    from {{ ref('int_events_resolved') }}

    where
        event_date in ({{ day_literals(days) }})
        and is_in_request
        and is_uniquely_named

    group by event_key

    having count(distinct resource_key) > 1

),

made_parts as (

    select distinct
        account_id,
        value as part

    from {{ ref('int_write_texts') }}

    where
        event_date in ({{ day_literals(days) }})
        and event_key in (select event_key from joining)
        and place = 'response'
        and is_part_id
        and value not in (
            select name from {{ ref('int_resource_names') }} where is_unique_name
        )

),

-- The calls that speak otherwise for a change, those that part what a new call joined, and those
-- about a resource that nobody knew.
times as (

    select
        changes.account_id,
        differing.occurred_at

    from differing

    inner join {{ ref('int_configuration_changes') }} as changes
        on differing.change_id = changes.change_id

    union

    select
        texts.account_id,
        writes.occurred_at

    from made_parts

    inner join {{ ref('int_write_texts') }} as texts
        on
            made_parts.account_id = texts.account_id
            and made_parts.part = texts.value
            and texts.place = 'request'
            and texts.is_part_id

    inner join {{ ref('int_writes') }} as writes
        on texts.event_key = writes.event_key

    inner join {{ ref('int_calls') }} as calls
        on
            writes.event_source = calls.event_source
            and writes.call_name = calls.call_name
            and calls.effect in ('removes', 'deletes')

    union

    select
        split_part(resource_key, '|', 1) as account_id,
        occurred_at

    from {{ ref('int_events_resolved') }}

    where resource_key in (select resource_key from judged where is_renamed)

),

-- A call that ends a neighbour again counts while the first has not ended it: that far reaches a day.
spans as (

    select
        account_id,
        occurred_at as begins_at,
        occurred_at as ends_at

    from times

    {%- for day in days %}

    union all

    select
        cast(null as {{ dbt.type_string() }}) as account_id,
        cast('{{ day }}' as timestamp) as begins_at,
        cast('{{ day }}' as timestamp) + {{ interval_seconds(86400) }} + {{ ending }} as ends_at
    {%- endfor %}

),

windows as (

    select
        change_id,
        account_id,
        coalesce(
            case when change_kind = 'created' then least(resource_created_at, captured_at) end,
            previous_seen_at,
            captured_at - {{ ending }}
        ) - {{ slack }} as begins_at,
        captured_at + {{ slack }} as ends_at

    from {{ ref('int_configuration_changes') }}

),

found as (

    select change_id

    from judged

    union

    select change_id

    from before

    union

    select change_id

    from windows

    where exists (select yes from all_are_followed)

    union

    -- What came or went is a resource that nobody knew.
    select change_id

    from {{ ref('int_changed_values') }}

    where
        value_as_shown in (
            select name
            from {{ ref('int_resource_names') }}
            where resource_key in (select resource_key from judged where is_renamed)
        )

    union

    select windows.change_id

    from windows

    inner join spans
        on
            windows.account_id = coalesce(spans.account_id, windows.account_id)
            and windows.begins_at <= spans.ends_at
            and windows.ends_at >= spans.begins_at

),

-- A change that is none any more has a row too: what it was put down to goes.
changes_to_follow as (

    select
        found.change_id,
        changes.resource_key,
        changes.account_id,
        changes.resource_id,
        changes.aws_region,
        changes.resource_type,
        changes.resource_name,
        changes.resource_arn,
        changes.change_kind,
        changes.properties_changed_count,
        changes.is_previous_deleted,
        changes.captured_at,
        changes.previous_seen_at,
        changes.resource_created_at

    from found

    left join {{ ref('int_configuration_changes') }} as changes
        on found.change_id = changes.change_id

)
{%- endif %}

select * from changes_to_follow
