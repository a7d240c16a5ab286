{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_configuration_versions', 'linked_by': 'updates'},
    post_hook="{{ keep_evidence_before() }}",
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}, {{ ref('int_write_texts') }}, {{ ref('int_resource_names') }}
-- What is judged by, beside events and items.
{%- set rules = {
    'call_verbs': ['verb', 'effect'],
    'resource_creating_events': ['event_source', 'event_name', 'resource_type'],
    'service_event_sources': ['service', 'event_source'],
    'volatile_properties': ['resource_type', 'area', 'property_path'],
} %}
-- What the judgement of a version depends on, beside the events of its time.
{%- set judged_by = [
    'versions.previous_item_key', 'versions.resource_arn', 'versions.state_hash',
    'versions.compared_state_hash', 'changes.change_kind', 'changes.is_previous_deleted',
    'changes.previous_seen_at', 'names.names_hash', 'all_rules.rules_hash',
] %}
{%- set hashes = [] -%}
{%- for seed, columns in rules.items() -%}
    {%- do hashes.append(seed_hash(seed, columns)) -%}
{%- endfor -%}
{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set ending = interval_seconds(var('continuous_capture_seconds')) %}
with

all_rules as (

    select
        {{ row_hash(hashes + [var('clock_slack_seconds'), var('continuous_capture_seconds')]) }}
            as rules_hash

),

-- What a resource is known by: with another name it may have been called long ago.
names as (

    select
        resource_key,
        {{ sha256_hex(joined_texts(
            row_hash(['name', 'is_unique_name', 'noun', 'event_source']), ' '
        )) }} as names_hash

    from {{ ref('int_resource_names') }}

    group by resource_key

),

versions as (

    select
        versions.item_key,
        versions.resource_key,
        names.names_hash,
        {{ row_hash(judged_by) }} as version_hash,
        versions.captured_at,
        changes.previous_seen_at,
        cast(versions.captured_at + {{ slack }} as date) as last_date,
        cast(changes.previous_seen_at - {{ slack }} - {{ ending }} as date) as first_date

    from {{ ref('int_configuration_versions') }} as versions

    left join {{ ref('int_configuration_changes') }} as changes
        on versions.item_key = changes.change_id

    left join names
        on versions.resource_key = names.resource_key

    cross join all_rules

),

{%- if judges_some() %}
{%- set days = day_literals(touched_days('cloudtrail_events', 'int_change_causes')) %}

compared as (

    select
        coalesce(versions.item_key, judged.item_key) as item_key,
        coalesce(versions.resource_key, judged.resource_key) as resource_key,
        versions.names_hash,
        versions.version_hash,
        judged.names_hash as judged_names_hash,
        judged.version_hash as judged_version_hash,
        versions.item_key is null as is_gone

    from versions

    full outer join {{ bookkeeping_relation('judged_versions') }} as judged
        on versions.item_key = judged.item_key

),

renamed as (

    select resource_key

    from compared

    group by resource_key

    having max(names_hash) is distinct from max(judged_names_hash)

),

new_texts as (

    select distinct
        account_id,
        place,
        value,
        is_part_id,
        event_date

    from {{ ref('int_write_texts') }}

    where
        event_date in ({{ days }})
        and length(value) > 1

),

new_mentions as (

    select
        account_id,
        value as name,
        event_date

    from new_texts

    union

    select
        account_id,
        {{ rewritten('value', '^.*[/:]', '') }} as name,
        event_date

    from new_texts

    where value like 'arn:%'

    union

    -- What an account has one of need not be named.
    select
        account_id,
        account_id as name,
        event_date

    from new_texts

),

-- What events of these days name now, and what they named when they were judged before.
called as (

    select
        names.resource_key,
        new_mentions.event_date

    from new_mentions

    inner join {{ ref('int_resource_names') }} as names
        on
            new_mentions.account_id = names.account_id
            and new_mentions.name = names.name

    union

    select
        resource_key,
        event_date

    from {{ relation_of('int_events_resolved') }}

    where event_date in ({{ days }})

),

-- Ids of parts by which calls may be found that name no resource.
new_parts as (

    select
        value,
        event_date

    from new_texts

    where
        place = 'request'
        and is_part_id
        and value not in (select name from {{ ref('int_resource_names') }})

),

-- By its new name what seemed to be a part is a resource.
known_parts as (

    select name

    from {{ ref('int_resource_names') }}

    where
        resource_key in (select resource_key from renamed)
        and {{ matches('name', part_id()) }}

),

gone_values as (

    select
        change_id,
        value_as_shown

    from {{ relation_of('int_changed_values') }}

    where
        side = 'before'
        and is_removed

),

touched as (

    select item_key

    from compared

    where version_hash is distinct from judged_version_hash

    union

    select versions.item_key

    from versions

    inner join called
        on
            versions.resource_key = called.resource_key
            and versions.last_date >= called.event_date
            and coalesce(versions.first_date <= called.event_date, true)

    union

    select change_id as item_key

    from {{ relation_of('int_change_evidence') }}

    where cast(occurred_at as date) in ({{ days }})

    union

    select versions.item_key

    from gone_values

    inner join new_parts
        on gone_values.value_as_shown = new_parts.value

    inner join versions
        on
            gone_values.change_id = versions.item_key
            and versions.last_date >= new_parts.event_date
            and coalesce(versions.first_date <= new_parts.event_date, true)

    union

    select change_id as item_key

    from gone_values

    where value_as_shown in (select name from known_parts)

),

-- A call of about the time of two changes is judged for the later one by what the earlier shows.
shown_before as (

    select later.item_key

    from touched

    inner join versions as earlier
        on touched.item_key = earlier.item_key

    inner join versions as later
        on
            earlier.resource_key = later.resource_key
            and earlier.captured_at <= later.previous_seen_at
            and earlier.captured_at >= later.previous_seen_at - {{ slack }} - {{ slack }} - {{ ending }}

),

-- What was pending is the call's that was found for the change that showed it so, and comes later.
was_pending as (

    select versions.item_key

    from {{ relation_of('int_changed_values') }} as changed

    inner join versions
        on
            changed.change_id = versions.item_key
            and changed.is_removed
            and strpos(lower('.' || changed.property), '.pending') > 0

    where versions.resource_key in (
        select compared.resource_key
        from compared
        inner join touched
            on compared.item_key = touched.item_key
    )

),

-- A version that is none any more has a row too: what was found for it goes.
versions_to_judge as (

    select

        ---------- ids
        item_key,
        resource_key,

        ---------- strings
        names_hash,
        version_hash,

        ---------- booleans
        is_gone,
        resource_key in (select resource_key from renamed) as is_renamed

    from compared

    where
        item_key in (select item_key from touched)
        or item_key in (select item_key from shown_before)
        or item_key in (select item_key from was_pending)

)
{%- else %}

versions_to_judge as (

    select

        ---------- ids
        item_key,
        resource_key,

        ---------- strings
        names_hash,
        version_hash,

        ---------- booleans
        false as is_gone,
        true as is_renamed

    from versions

)
{%- endif %}

select * from versions_to_judge
