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
        changed.property

    from candidates

    inner join {{ ref('int_write_texts') }} as texts
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
            )

),

-- Many resources keep when they were changed last.
times as (

    select
        candidates.change_id,
        candidates.event_key,
        changed.property,
        abs({{ dbt.datediff(
            'candidates.occurred_at', utc_timestamp('changed.value_as_shown'), 'second'
        ) }}) as seconds_apart

    from candidates

    inner join {{ ref('int_changed_values') }} as changed
        on
            candidates.change_id = changed.change_id
            and changed.side = 'after'
            and changed.value_as_shown like '2___-__-__T__:__:__%'

),

found as (

    select
        change_id,
        event_key,
        property,
        is_given,
        is_perhaps_given,
        is_former,
        is_taken,
        0 as is_about

    from {{ ref('int_change_value_evidence') }}

    union all

    select
        change_id,
        event_key,
        property,
        is_given,
        0 as is_perhaps_given,
        is_former,
        is_taken,
        is_about

    from {{ ref('int_change_word_evidence') }}

    union all

    select
        change_id,
        event_key,
        property,
        0 as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about

    from labels

    union all

    select
        change_id,
        event_key,
        property,
        case when seconds_apart <= 1 then 1 else 0 end as is_given,
        0 as is_perhaps_given,
        0 as is_former,
        0 as is_taken,
        1 as is_about

    from times

    where seconds_apart <= {{ var('clock_slack_seconds') }}

),

gathered as (

    select
        change_id,
        event_key,
        property,
        max(is_given) + max(is_perhaps_given) * max(is_about) > 0 as is_given,
        max(is_former) = 1 and max(is_given) + max(is_perhaps_given) = 0 as is_former,
        max(is_taken) = 1 as is_taken

    from found

    group by
        change_id,
        event_key,
        property

),

-- 2: the value that came or went is the call's. 1: the call is about the property.
-- 0: the call asked for what was there before.
graded as (

    select
        gathered.change_id,
        gathered.event_key,
        gathered.property,
        candidates.request_hash,
        candidates.occurred_at,
        case
            when gathered.is_given then 2
            when gathered.is_taken and candidates.effect in ('removes', 'deletes') then 2
            when gathered.is_former and not gathered.is_taken then 0
            else 1
        end as grade

    from gathered

    inner join candidates
        on
            gathered.change_id = candidates.change_id
            and gathered.event_key = candidates.event_key

    where
        (candidates.change_kind = 'modified' or candidates.is_tagging)
        and (candidates.occurred_at <= candidates.captured_at or gathered.is_given)

)

select * from graded
