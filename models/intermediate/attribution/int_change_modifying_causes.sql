{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

captures as (

    select
        change_id,
        resource_key,
        captured_at,
        previous_seen_at

    from {{ ref('int_configuration_changes') }}

),

found as (

    select
        change_id,
        event_key,
        grade

    from {{ ref('int_change_evidence') }}

    where grade > 0

    union

    select
        change_id,
        event_key,
        2 as grade

    from {{ ref('int_change_life_causes') }}

),

-- Clocks differ: a call of just before the last sight may not have been seen by then. One that the
-- last sight shows was.
seen_before as (

    select distinct
        later.change_id,
        later.event_key

    from found as later

    inner join captures as later_captures
        on later.change_id = later_captures.change_id

    inner join found as earlier
        on
            later.event_key = earlier.event_key
            and later.grade <= earlier.grade

    inner join captures as earlier_captures
        on
            earlier.change_id = earlier_captures.change_id
            and later_captures.resource_key = earlier_captures.resource_key
            and earlier_captures.captured_at <= later_captures.previous_seen_at

    inner join {{ ref('int_writes') }} as writes
        on
            later.event_key = writes.event_key
            and writes.occurred_at <= later_captures.previous_seen_at

),

evidence as (

    select evidence.*

    from {{ ref('int_change_evidence') }} as evidence

    left join seen_before
        on
            evidence.change_id = seen_before.change_id
            and evidence.event_key = seen_before.event_key

    where
        evidence.grade > 0
        and seen_before.event_key is null

),

-- Config looks within minutes: what was asked for long before the last such call was seen then.
newest as (

    select
        change_id,
        element_key,
        max(case when grade = 2 then occurred_at end) as newest_given_at,
        max(case when grade = 2 then matched_count end) as most_matched,
        max(occurred_at) as newest_at

    from evidence

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

-- Of an element, the calls that gave its value, and those before whose value was overwritten. The
-- same request again changes nothing.
ranked as (

    select
        evidence.change_id,
        evidence.event_key,
        evidence.element_key,
        evidence.grade,
        row_number() over (
            partition by
                evidence.change_id, evidence.element_key, evidence.grade, evidence.request_hash
            order by evidence.occurred_at asc, evidence.event_key asc
        ) as asked_again

    from evidence

    inner join newest
        on
            evidence.change_id = newest.change_id
            and evidence.element_key = newest.element_key
            and evidence.occurred_at
            >= coalesce(newest.newest_given_at, newest.newest_at) - {{ capture_lag }}
            and (
                (evidence.grade = 2 and evidence.matched_count = newest.most_matched)
                or (
                    evidence.grade = 1
                    and (
                        newest.newest_given_at is null
                        or evidence.occurred_at < newest.newest_given_at
                    )
                )
            )

    left join latest_given
        on evidence.change_id = latest_given.change_id

    where
        evidence.grade = 2
        or latest_given.given_at is null
        or evidence.occurred_at >= latest_given.given_at - {{ capture_lag }}

),

explained as (

    select
        change_id,
        event_key,
        max(grade) as grade,
        count(*) as properties_count

    from ranked

    where asked_again = 1

    group by
        change_id,
        event_key

)

select * from explained
