{%- set capture_lag = interval_seconds(var('continuous_capture_seconds')) %}
with

evidence as (

    select *

    from {{ ref('int_change_evidence') }}

    where grade > 0

),

-- Config looks within minutes: what was asked for long before the last such call was seen then.
newest as (

    select
        change_id,
        property,
        max(case when grade = 2 then occurred_at end) as newest_given_at,
        max(occurred_at) as newest_at

    from evidence

    group by
        change_id,
        property

),

-- Of a property, the calls that gave its value, and those before whose value was overwritten. The
-- same request again changes nothing.
ranked as (

    select
        evidence.change_id,
        evidence.event_key,
        evidence.property,
        evidence.grade,
        row_number() over (
            partition by evidence.change_id, evidence.property, evidence.grade, evidence.request_hash
            order by evidence.occurred_at asc, evidence.event_key asc
        ) as asked_again

    from evidence

    inner join newest
        on
            evidence.change_id = newest.change_id
            and evidence.property = newest.property
            and evidence.occurred_at
            >= coalesce(newest.newest_given_at, newest.newest_at) - {{ capture_lag }}
            and (
                evidence.grade = 2
                or newest.newest_given_at is null
                or evidence.occurred_at < newest.newest_given_at
            )

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
