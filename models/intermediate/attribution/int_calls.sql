with

names as (

    select distinct
        event_source,
        call_name

    from {{ ref('int_writes') }}

    where
        event_source is not null
        and call_name is not null

),

calls as (

    select
        event_source,
        call_name,
        {{ first_match('call_name', '^([A-Z][a-z]+)') }} as verb

    from names

),

verbs as (

    select
        verb,
        effect

    from {{ ref('call_verbs') }}

),

read as (

    select
        calls.event_source,
        calls.call_name,
        lower(calls.verb) as verb,
        coalesce(verbs.effect, 'changes') as effect,
        -- What follows the verb, in the singular: what the call is about.
        {{ rewritten("lower(substr(calls.call_name, length(calls.verb) + 1))", 's$', '') }}
            as subject,
        {{ matches('calls.call_name', '(.*[a-z0-9])?(Tag|Untag)(s|ging)?([A-Z0-9].*)?') }} as is_tagging

    from calls

    left join verbs
        on calls.verb = verbs.verb

)

select * from read
