{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_change_candidates'},
) }}

with

candidates as (

    select *

    from {{ ref('int_change_candidates') }}

    where change_kind in ('modified', 'tags_only')

),

-- A parameter that is called as the property is, or whose value is the property's name.
labels as (

    select distinct
        candidates.change_id,
        candidates.event_key,
        changed.property,
        changed.element_key

    from candidates

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'
            and texts.label is distinct from candidates.named_as

    inner join {{ ref('int_changed_properties') }} as changed
        on
            candidates.change_id = changed.change_id
            and (
                (
                    length(texts.label) > 3
                    and lower(texts.label) not in ({{ common_labels() }})
                    and lower(texts.label) in (lower(changed.first_part), lower(changed.last_part))
                )
                or (
                    length(texts.value) > 3
                    and lower(changed.first_part) = lower(texts.value)
                )
                or lower(texts.label) = lower(changed.property)
                -- What CloudTrail hides may be called a little otherwise.
                or (
                    texts.value = 'HIDDEN_DUE_TO_SECURITY_REASONS'
                    and length(texts.label) > 3
                    and strpos(lower(changed.first_part), lower(texts.label)) = 1
                )
                -- A tag's key may be short.
                or (
                    changed.area = 'tags'
                    and candidates.is_tagging
                    and changed.first_part in (texts.label, texts.value)
                )
                or (
                    length(texts.value) > 1
                    and lower(changed.element_name) = lower(texts.value)
                )
                -- Who says which ones there shall be takes the others away.
                or (
                    candidates.effect = 'changes'
                    and changed.difference = 'removed'
                    and lower(changed.element_label) = lower(texts.label)
                    and lower(texts.label) not in ({{ common_labels() }})
                )
            )

),

-- Many resources keep when they were changed last.
times_apart as (

    select
        candidates.change_id,
        candidates.event_key,
        changed.property,
        changed.element_key,
        abs({{ dbt.datediff(
            'candidates.occurred_at', utc_timestamp('changed.value_as_shown'), 'second'
        ) }}) as seconds_apart

    from candidates

    inner join {{ ref('int_changed_values') }} as changed
        on
            candidates.change_id = changed.change_id
            and changed.side = 'after'
            and (
                changed.value_as_shown like '2___-__-__T__:__:__%'
                or changed.value_as_shown like '___ %, 2___%_:__:__%_M'
                -- Seconds since 1970, or milliseconds.
                or (
                    {{ matches('changed.value_as_shown', '[12][0-9]{9}([0-9]{3})?') }}
                    and {{ matches('changed.label', '.*(time|date|modified).*') }}
                )
            )

),

-- What another call was nearer to is its time.
times as (

    select
        *,
        min(seconds_apart) over (partition by change_id, element_key) as fewest_seconds_apart

    from times_apart

),

-- A response that tells a state which the property has only for a while: a key is pending deletion,
-- and then disabled; what calls that off is about the same.
passing as (

    select distinct
        candidates.change_id,
        candidates.event_key,
        candidates.occurred_at,
        calls.event_source,
        calls.subject,
        changed.property,
        changed.element_key

    from candidates

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'response'
            and lower(texts.label) not in ({{ common_labels() }})

    inner join {{ ref('int_changed_properties') }} as changed
        on
            candidates.change_id = changed.change_id
            and changed.difference = 'changed'
            and (lower(changed.last_part) like '%state' or lower(changed.last_part) like '%status')
            and lower(texts.label) = lower(changed.last_part)
            and changed.value_before <> '"' || texts.value || '"'
            and changed.value_after <> '"' || texts.value || '"'

    -- Where a call gave the state, it has not passed through another's.
    left join {{ ref('int_change_word_evidence') }} as given
        on
            changed.change_id = given.change_id
            and changed.element_key = given.element_key
            and given.is_given = 1

    where given.change_id is null

),

called_off as (

    select distinct
        passing.change_id,
        candidates.event_key,
        passing.property,
        passing.element_key

    from passing

    inner join candidates
        on
            passing.change_id = candidates.change_id
            and passing.occurred_at <= candidates.occurred_at

    inner join {{ ref('int_calls') }} as calls
        on
            candidates.event_source = calls.event_source
            and candidates.call_name = calls.call_name
            and calls.verb = 'cancel'
            and passing.subject = calls.subject

),

found as (

    select
        change_id,
        event_key,
        property,
        element_key,
        is_given,
        is_perhaps_given,
        is_former,
        is_taken,
        0 as is_about,
        matched_count,
        matched_values

    from {{ ref('int_change_value_evidence') }}

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        is_given,
        0 as is_perhaps_given,
        is_former,
        is_taken,
        is_about,
        0 as matched_count,
        cast(null as {{ dbt.type_string() }}) as matched_values

    from {{ ref('int_change_word_evidence') }}

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        0 as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about,
        0 as matched_count,
        cast(null as {{ dbt.type_string() }}) as matched_values

    from labels

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        0 as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about,
        0 as matched_count,
        cast(null as {{ dbt.type_string() }}) as matched_values

    from passing

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        0 as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about,
        0 as matched_count,
        cast(null as {{ dbt.type_string() }}) as matched_values

    from called_off

    union all

    select
        change_id,
        event_key,
        property,
        element_key,
        case when seconds_apart <= 1 then 1 else 0 end as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about,
        0 as matched_count,
        cast(null as {{ dbt.type_string() }}) as matched_values

    from times

    where
        seconds_apart <= {{ var('clock_slack_seconds') }}
        and seconds_apart <= greatest(1, fewest_seconds_apart)

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

    where change_id in (select change_id from candidates)

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
            when gathered.is_given then 2
            when gathered.is_taken then 2
            when gathered.is_former then 0
            else 1
        end as grade,
        elements.is_array_element

    from gathered

    inner join candidates
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
        -- What adds takes nothing away, and what removes brings nothing.
        and not (
            (candidates.effect = 'adds' and elements.difference = 'removed')
            or (candidates.effect in ('removes', 'deletes') and elements.difference = 'added')
        )

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
                grade = 1
                and min(grade) over (partition by change_id, event_key, property) = 0
                and max(grade) over (partition by change_id, event_key, property) < 2
                then 0
            else grade
        end as grade,
        is_array_element

    from graded_alone

)

select * from graded
