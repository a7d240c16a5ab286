{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'changes': 'int_changes_to_follow', 'linked_by': 'updates'},
    pre_hook="{{ keep_causes_before() }}",
    post_hook=["{{ note_changes_to_say() }}", "{{ mark_versions_judged() }}"],
) }}

-- depends_on: {{ ref('int_updated_event_deliveries') }}, {{ ref('int_changes_to_follow') }}

-- Every call that a change is put down to, with how it was found and how sure that is.
-- Where a call is known to have gone from a neighbour to this resource, that another neighbour was made
-- or ended at that time tells nothing, unless the call names this resource too.
{%- set neighbours = {
    'int_change_followed_causes': '',
    'int_change_neighbour_causes':
        'is_naming_both or change_id not in (select change_id from ' ~ ref('int_change_followed_causes') ~ ')',
    'int_change_unshown_neighbour_causes': '',
    'int_change_owner_causes':
        'change_id not in (select change_id from ' ~ ref('int_change_neighbour_causes') ~ ')',
} %}
with

causes as (

    select
        change_id,
        event_key,
        case
            when grade = 2 then 'gave_the_value'
            else 'about_the_property'
        end as found_by,
        case when grade = 2 then 0.95 else 0.8 end as confidence,
        cast(null as {{ dbt.type_string() }}) as neighbour_key

    from {{ ref('int_change_modifying_causes') }}

    where {{ is_followed('change_id') }}

    union all

    select
        change_id,
        event_key,
        found_by,
        case found_by when 'gave_the_value' then 0.95 else 0.5 end as confidence,
        cast(null as {{ dbt.type_string() }}) as neighbour_key

    from {{ ref('int_change_likely_causes') }}

    where {{ is_followed('change_id') }}

    union all

    select
        change_id,
        event_key,
        found_by,
        case found_by when 'turning_point' then 0.97 when 'made_again' then 0.9 else 0.7 end as confidence,
        cast(null as {{ dbt.type_string() }}) as neighbour_key

    from {{ ref('int_change_life_causes') }}

    where {{ is_followed('change_id') }}

    union all
    {%- for model, condition in neighbours.items() %}

    select
        change_id,
        event_key,
        'neighbour' as found_by,
        0.8 as confidence,
        neighbour_key

    from {{ ref(model) }}
    {%- if condition %}

    where {{ condition }}
    {%- endif %}
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

distinct_causes as (

    select
        change_id,
        event_key,
        max_by(found_by, confidence) as found_by,
        cast(max(confidence) as double) as confidence,
        max(neighbour_key) as neighbour_key

    from causes

    group by
        change_id,
        event_key

)

select * from distinct_causes
