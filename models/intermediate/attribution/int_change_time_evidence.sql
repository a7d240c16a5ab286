{{ config(materialized='ephemeral') }}

-- Many resources keep when they were changed last.
with

times_apart as (

    select
        candidates.change_id,
        candidates.event_key,
        changed.property,
        changed.element_key,
        abs({{ dbt.datediff(
            'candidates.occurred_at', utc_timestamp('changed.value_as_shown'), 'second'
        ) }}) as seconds_apart

    from {{ ref('int_modifying_candidates') }} as candidates

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
compared as (

    select
        *,
        min(seconds_apart) over (partition by change_id, element_key) as fewest_seconds_apart

    from times_apart

),

near_times as (

    select
        change_id,
        event_key,
        property,
        element_key,
        max(case when seconds_apart <= 1 then 1 else 0 end) as is_given,
        1 as is_about

    from compared

    where
        seconds_apart <= {{ var('clock_slack_seconds') }}
        and seconds_apart = fewest_seconds_apart

    group by
        change_id,
        event_key,
        property,
        element_key

)

select * from near_times
