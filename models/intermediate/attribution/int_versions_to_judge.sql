{{ config(
    tags=['judging'],
    meta={'nothing_without': 'int_configuration_versions', 'linked_by': 'updates'},
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}, {{ ref('int_write_texts') }}, {{ ref('int_resource_names') }}
{%- set columns = judged_columns() | join(', ') %}
-- What is judged by, beside events and items.
{%- set rules = {
    'call_verbs': ['verb', 'effect'],
    'resource_creating_events': ['event_source', 'event_name', 'resource_type'],
    'service_event_sources': ['service', 'event_source'],
    'volatile_properties': ['resource_type', 'area', 'property_path'],
} %}
with

rules as (

    {%- for seed, columns in rules.items() %}

    select {{ row_hash(["'" ~ seed ~ "'"] + columns) }} as rule

    from {{ ref(seed) }}
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

all_rules as (

    select
        {{ sha256_hex(joined_texts('rule', ' ')) }}
        || ' {{ var('clock_slack_seconds') }} {{ var('continuous_capture_seconds') }}' as rules_hash

    from rules

),

-- What the judgement of a version and its neighbours in time depends on.
versions as (

    select
        versions.item_key,
        versions.resource_key,
        versions.previous_item_key,
        versions.resource_arn,
        versions.state_hash,
        versions.compared_state_hash,
        changes.change_kind,
        changes.is_previous_deleted,
        changes.previous_seen_at,
        all_rules.rules_hash

    from {{ ref('int_configuration_versions') }} as versions

    left join {{ ref('int_configuration_changes') }} as changes
        on versions.item_key = changes.change_id

    cross join all_rules

),

{%- if judges_some() %}
{%- set days = day_literals(touched_days('cloudtrail_events', 'int_change_causes')) %}

judged as (

    select {{ columns }}

    from {{ bookkeeping_relation('judged_versions') }}

),

new_versions as (

    select {{ columns }} from versions

    except

    select {{ columns }} from judged

),

gone_versions as (

    select {{ columns }} from judged

    except

    select {{ columns }} from versions

),

shown as (

    select resource_key

    from new_versions

    union

    select resource_key

    from gone_versions

),

new_texts as (

    select distinct
        account_id,
        place,
        value

    from {{ ref('int_write_texts') }}

    where
        event_date in ({{ days }})
        and length(value) > 1

),

new_mentions as (

    select
        account_id,
        value as name

    from new_texts

    union

    select
        account_id,
        {{ rewritten('value', '^.*[/:]', '') }} as name

    from new_texts

    where value like 'arn:%'

),

-- Ids of parts by which calls may be found that name no resource, and new names, by which what
-- seemed to be a part is a resource.
new_ids as (

    select value

    from new_texts

    where
        place = 'request'
        and {{ matches('value', part_id()) }}

    union

    select name as value

    from {{ ref('int_resource_names') }}

    where
        resource_key in (select resource_key from shown)
        and {{ matches('name', part_id()) }}

),

-- What events of these days name now, and what they named when they were judged before.
called as (

    select names.resource_key

    from new_mentions

    inner join {{ ref('int_resource_names') }} as names
        on
            new_mentions.account_id = names.account_id
            and new_mentions.name = names.name

    union

    select resource_key

    from {{ relation_of('int_events_resolved') }}

    where event_date in ({{ days }})

    union

    select changes.resource_key

    from {{ relation_of('int_change_evidence') }} as evidence

    inner join {{ ref('int_configuration_changes') }} as changes
        on evidence.change_id = changes.change_id

    where cast(evidence.occurred_at as date) in ({{ days }})

    union

    select changes.resource_key

    from {{ relation_of('int_changed_values') }} as changed

    inner join {{ ref('int_configuration_changes') }} as changes
        on changed.change_id = changes.change_id

    where
        changed.side = 'before'
        and changed.is_removed
        and changed.value_as_shown in (select value from new_ids)

),

touched as (

    select
        resource_key,
        1 as is_changed

    from shown

    union all

    select
        resource_key,
        0 as is_changed

    from called

),

resources as (

    select
        resource_key,
        max(is_changed) = 1 as is_changed

    from touched

    group by resource_key

),
{%- else %}

resources as (

    select distinct
        resource_key,
        true as is_changed

    from versions

),
{%- endif %}

-- A resource that has no version any more has a row too: what was found for it goes.
versions_to_judge as (

    select

        ---------- ids
        versions.item_key,
        resources.resource_key,
        versions.previous_item_key,

        ---------- strings
        versions.resource_arn,
        versions.state_hash,
        versions.compared_state_hash,
        versions.change_kind,
        versions.rules_hash,

        ---------- booleans
        versions.is_previous_deleted,
        resources.is_changed,

        ---------- timestamps
        versions.previous_seen_at

    from resources

    left join versions
        on resources.resource_key = versions.resource_key

)

select * from versions_to_judge
