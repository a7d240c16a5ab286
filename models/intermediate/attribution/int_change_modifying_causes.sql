{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_judged',
    tags=['judging'],
    meta={'nothing_without': 'int_changes_to_judge'},
) }}

{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

captures as (

    select
        change_id,
        captured_at

    from {{ ref('int_changes_to_judge') }}

),

evidence as (

    select
        evidence.*,
        evidence.occurred_at > captures.captured_at as is_late,
        max(
            case
                when evidence.grade = 2 and evidence.occurred_at <= captures.captured_at
                    then evidence.matched_count
            end
        ) over (partition by evidence.change_id, evidence.element_key) as most_matched_in_time

    from {{ ref('int_change_evidence') }} as evidence

    inner join captures
        on evidence.change_id = captures.change_id

    left join {{ ref('int_change_calls_seen_before') }} as seen_before
        on
            evidence.change_id = seen_before.change_id
            and evidence.event_key = seen_before.event_key

    where seen_before.event_key is null

),

matched as (

    select
        *,
        max(case when grade = 2 then matched_count end) over (
            partition by change_id, element_key
        ) as most_matched

    from evidence

    -- Clocks differ; a call after the item counts where none before it gave as much.
    where
        not is_late
        or matched_count > coalesce(most_matched_in_time, -1)

),

counted as (

    select
        *,
        {{ counted_grade() }} as counted_grade

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
        otherwise.change_id,
        otherwise.element_key,
        otherwise.occurred_at

    from {{ ref('int_change_calls_set_otherwise') }} as otherwise

    inner join captures
        on
            otherwise.change_id = captures.change_id
            and otherwise.occurred_at <= captures.captured_at

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
