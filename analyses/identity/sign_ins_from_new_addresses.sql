with

addresses as (

    select
        person,
        source_ip_address,
        min(occurred_at) as first_seen_there_at,
        min_by(event_name, occurred_at) as first_event_name,
        count(*) as events_count

    from {{ ref('fct_events') }}

    where
        invoked_by is null
        and {{ asked_for('person', 'person') }}

    group by
        person,
        source_ip_address

    having
        -- Asked of a group, not of each event, whose identity would be opened for it once more.
        max(person) is not null

),

ordered as (

    select
        *,
        row_number() over (
            partition by person
            order by
                first_seen_there_at asc,
                source_ip_address asc
        ) - 1 as addresses_before_count

    from addresses

)

select
    first_seen_there_at,
    person,
    source_ip_address,
    addresses_before_count,
    first_event_name,
    events_count
from ordered
where
    addresses_before_count > 0
    and {{ within('first_seen_there_at', var('since', none), var('until', none)) }}
order by
    first_seen_there_at desc,
    person asc,
    source_ip_address asc
