{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_change_candidates'},
) }}

-- What each model says of a call and an element, and what stands for what it does not say.
{%- set said = {
    'int_change_value_evidence': [
        'is_given', 'is_perhaps_given', 'is_former', 'is_taken', 'is_naming', 'matched_count',
        'matched_values',
    ],
    'int_change_value_word_evidence': ['is_given', 'is_former', 'is_taken', 'is_about'],
    'int_change_path_word_evidence': ['is_about'],
    'int_change_label_evidence': ['is_about'],
    'int_change_passed_state_evidence': ['is_about'],
    'int_change_time_evidence': ['is_given', 'is_about'],
} %}
{%- set unsaid = {
    'is_given': '0',
    'is_perhaps_given': '0',
    'is_former': '0',
    'is_taken': '0',
    'is_about': '0',
    'is_naming': '0',
    'matched_count': '0',
    'matched_values': 'cast(null as ' ~ dbt.type_string() ~ ')',
} %}
-- What adds takes nothing away, and what removes brings nothing.
{%- set is_contrary %}(
                (candidates.effect = 'adds' and elements.difference = 'removed')
                or (candidates.effect in ('removes', 'deletes') and elements.difference = 'added')
            )
{%- endset %}
with

found as (

    {%- for model, columns in said.items() %}

    select
        change_id,
        event_key,
        property,
        element_key,
        {%- for column, nothing in unsaid.items() %}
        {{ column if column in columns else nothing ~ ' as ' ~ column }}{{ ',' if not loop.last }}
        {%- endfor %}

    from {{ ref(model) }}

    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

gathered as (

    select
        change_id,
        event_key,
        property,
        element_key,
        max(is_given) + max(is_perhaps_given) * max(is_about) > 0 as is_given,
        max(is_former) = 1 and max(is_given) + max(is_perhaps_given) = 0 as is_former,
        max(is_taken) = 1 as is_taken,
        max(is_naming) = 1 as is_naming,
        max(matched_count) as matched_count,
        max(matched_values) as matched_values

    from found

    group by
        change_id,
        event_key,
        property,
        element_key

),

elements as (

    select distinct
        change_id,
        element_key,
        -- A property that has been there without a value.
        case
            when value_before = 'null' then 'added'
            when value_after = 'null' then 'removed'
            else difference
        end as difference,
        is_array_element

    from {{ ref('int_changed_properties') }}

    where change_id in (select change_id from {{ ref('int_modifying_candidates') }})

),

-- 2: the value that came or went is the call's. 1: the call is about the property.
-- 0: the call asked for what was there before.
graded_alone as (

    select
        gathered.change_id,
        gathered.event_key,
        gathered.property,
        gathered.element_key,
        gathered.matched_count,
        gathered.matched_values,
        candidates.request_hash,
        candidates.occurred_at,
        case
            when {{ is_contrary }} then 0
            when gathered.is_given then 2
            when gathered.is_taken then 2
            when gathered.is_former then 0
            else 1
        end as grade,
        -- Who names an element overwrites what another gave the same.
        elements.is_array_element and not gathered.is_naming as is_array_element

    from gathered

    inner join {{ ref('int_modifying_candidates') }} as candidates
        on
            gathered.change_id = candidates.change_id
            and gathered.event_key = candidates.event_key

    inner join elements
        on
            gathered.change_id = elements.change_id
            and gathered.element_key = elements.element_key

    where
        (candidates.change_kind = 'modified' or candidates.is_tagging)
        and (candidates.occurred_at <= candidates.captured_at or gathered.is_given)
        -- One that tells what came or went has put it back, before it came or went again.
        and (gathered.matched_count > 0 or not {{ is_contrary }})

),

-- A state that passes (`modifying`) is of the calls that gave something else: others about it gave
-- nothing that this change shows.
graded_beside as (

    select
        *,
        max(grade) over (partition by change_id, event_key) as best_grade,
        max(grade) over (partition by change_id, element_key) as best_grade_of_element

    from graded_alone

),

graded_together as (

    select
        *,
        case
            when
                grade = 1
                and best_grade < 2
                and best_grade_of_element < 2
                and max(best_grade) over (partition by change_id, element_key) = 2
                and {{ matches('lower(property)', '.*(state|status)') }}
                then 0
            else grade
        end as grade_together

    from graded_beside

),

-- A call that asked for one element of a property as it was before did not ask for the others.
graded as (

    select
        change_id,
        event_key,
        property,
        element_key,
        matched_count,
        matched_values,
        request_hash,
        occurred_at,
        case
            when
                grade_together = 1
                and min(grade) over (partition by change_id, event_key, property) = 0
                and max(grade) over (partition by change_id, event_key, property) < 2
                then 0
            else grade_together
        end as grade,
        is_array_element

    from graded_together

)

select * from graded
