{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_changes_to_judge'},
) }}

{%- set slack = interval_seconds(var('clock_slack_seconds')) %}
{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
{#- 2: the call gave all that any gave of the element; 1: it is merely about it, or gave less; 0: it
    asked for what was there before. #}
{%- set counted_grade %}case
            when grade = 2 and matched_count = most_matched then 2
            when grade > 0 then 1
            else 0
        end
{%- endset %}
with

captures as (

    select
        change_id,
        resource_key,
        captured_at,
        previous_seen_at

    from {{ ref('int_changes_to_judge') }}

),

-- The changes whose items may have shown the calls of about the last sight.
earlier_changes as (

    select distinct
        captures.change_id,
        captures.previous_seen_at,
        earlier.change_id as earlier_change_id

    from captures

    inner join {{ ref('int_configuration_changes') }} as earlier
        on
            captures.resource_key = earlier.resource_key
            and earlier.captured_at <= captures.previous_seen_at
            and earlier.captured_at >= captures.previous_seen_at - {{ slack }} - {{ slack }} - {{ capture_lag }}

),

compared as (

    select
        *,
        max(case when grade = 2 then matched_count end) over (
            partition by change_id, element_key
        ) as most_matched

    from {{ ref('int_change_evidence') }}

    where
        change_id in (select change_id from captures)
        or change_id in (select earlier_change_id from earlier_changes)

),

found as (

    select
        change_id,
        event_key,
        max({{ counted_grade }}) as grade

    from compared

    where grade > 0

    group by
        change_id,
        event_key

    union all

    select distinct
        change_id,
        event_key,
        2 as grade

    from {{ ref('int_change_life_causes') }}

),

-- Clocks differ: a call of just before the last sight may not have been seen by then. One that the
-- last sight shows as well as this one was, and so was what was called before one that it shows.
-- That one's change may have been judged by an earlier run.
shown_before as (

    select
        earlier_changes.change_id,
        earlier_changes.previous_seen_at,
        found.event_key,
        found.grade,
        max(case when found.grade = 2 then writes.occurred_at end) over (
            partition by earlier_changes.change_id
        ) as last_shown_at

    from earlier_changes

    inner join found
        on earlier_changes.earlier_change_id = found.change_id

    inner join {{ ref('int_writes') }} as writes
        on
            found.event_key = writes.event_key
            and writes.occurred_at <= earlier_changes.previous_seen_at

),

seen_before as (

    select distinct
        later.change_id,
        later.event_key

    from found as later

    inner join {{ ref('int_writes') }} as writes
        on later.event_key = writes.event_key

    inner join shown_before
        on
            later.change_id = shown_before.change_id
            and writes.occurred_at <= shown_before.previous_seen_at
            and (
                (later.event_key = shown_before.event_key and later.grade <= shown_before.grade)
                or writes.occurred_at < shown_before.last_shown_at
            )

),

evidence as (

    select evidence.*

    from {{ ref('int_change_evidence') }} as evidence

    left join seen_before
        on
            evidence.change_id = seen_before.change_id
            and evidence.event_key = seen_before.event_key

    where
        evidence.change_id in (select change_id from captures)
        and seen_before.event_key is null

),

matched as (

    select
        *,
        max(case when grade = 2 then matched_count end) over (
            partition by change_id, element_key
        ) as most_matched

    from evidence

),

counted as (

    select
        *,
        {{ counted_grade }} as counted_grade

    from matched

),

last_given as (

    select
        change_id,
        element_key,
        max(occurred_at) as given_at

    from counted

    where counted_grade = 2

    group by
        change_id,
        element_key

),

put_back as (

    select
        counted.change_id,
        counted.element_key,
        counted.occurred_at

    from counted

    inner join last_given
        on
            counted.change_id = last_given.change_id
            and counted.element_key = last_given.element_key
            and counted.occurred_at < last_given.given_at

    where
        counted.counted_grade = 0
        -- Of an element of an array, all that any gave of it.
        and (
            not counted.is_array_element
            or counted.matched_count >= greatest(counted.most_matched, 1)
        )

    union all

    select
        change_id,
        element_key,
        occurred_at

    from {{ ref('int_change_calls_set_otherwise') }}

),

-- What was put back as it was, and then given again, is the later call's.
undone as (

    select
        change_id,
        element_key,
        max(occurred_at) as undone_at

    from put_back

    group by
        change_id,
        element_key

),

left_standing as (

    select counted.*

    from counted

    left join undone
        on
            counted.change_id = undone.change_id
            and counted.element_key = undone.element_key

    where
        counted.counted_grade > 0
        and coalesce(counted.occurred_at >= undone.undone_at, true)

),

placed as (

    select
        *,
        lag(counted_grade) over element_calls as previous_grade,
        lag(matched_values) over element_calls as previous_values,
        row_number() over (
            partition by change_id, element_key, counted_grade, request_hash
            order by occurred_at asc, event_key asc
        ) as request_number

    from left_standing

    window element_calls as (
        partition by change_id, element_key
        order by occurred_at asc, event_key asc
    )

),

-- Asking for what the call before has given changes nothing, nor does the same request again.
asked_first as (

    select *

    from placed

    where
        (
            counted_grade = 2
            and (
                coalesce(previous_grade, 0) < 2
                or matched_values is distinct from previous_values
            )
        )
        or (counted_grade = 1 and request_number = 1)

),

-- Config looks within minutes: what was asked for long before the last such call was seen then.
newest as (

    select
        change_id,
        element_key,
        max(case when counted_grade = 2 then occurred_at end) as newest_given_at,
        max(occurred_at) as newest_at

    from asked_first

    group by
        change_id,
        element_key

),

-- Where a call of just before the item gave a value, older ones that are merely about a property
-- were seen before.
latest_given as (

    select
        newest.change_id,
        max(newest.newest_given_at) as given_at

    from newest

    inner join captures
        on
            newest.change_id = captures.change_id
            and newest.newest_given_at >= captures.captured_at - {{ capture_lag }}

    group by newest.change_id

),

-- Of an element, the calls that gave its value, and those before whose value was overwritten: an
-- array's elements are not, each has its own calls.
explaining as (

    select
        asked_first.change_id,
        asked_first.event_key,
        asked_first.counted_grade

    from asked_first

    inner join newest
        on
            asked_first.change_id = newest.change_id
            and asked_first.element_key = newest.element_key
            and asked_first.occurred_at
            >= coalesce(newest.newest_given_at, newest.newest_at) - {{ capture_lag }}

    left join latest_given
        on asked_first.change_id = latest_given.change_id

    where
        asked_first.counted_grade = 2
        or (
            (
                newest.newest_given_at is null
                or (
                    not asked_first.is_array_element
                    and asked_first.occurred_at < newest.newest_given_at
                )
            )
            and (
                latest_given.given_at is null
                or asked_first.occurred_at >= latest_given.given_at - {{ capture_lag }}
            )
        )

),

explained as (

    select
        change_id,
        event_key,
        max(counted_grade) as grade,
        count(*) as properties_count

    from explaining

    group by
        change_id,
        event_key

)

select * from explained
