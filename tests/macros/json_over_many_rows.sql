-- Constants are computed one by one; rows come in vectors, in which one bad text among good ones
-- must harm no other, and a map that cannot be read fails only when the whole result is read.
with

digits as (

    select d
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as digits (d)

),

numbers as (

    select 1000 * thousands.d + 100 * hundreds.d + 10 * tens.d + ones.d as n
    from digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones

),

documents as (

    select
        n,
        case
            when n % 7 = 0 then 'AWS Internal'
            when n % 7 = 1 then '{"a":1,"a":' || cast(n as varchar) || '}'
            when n % 7 = 2 then '{"a":"\ud800","n":' || cast(n as varchar) || '}'
            when n % 7 = 3 then null
            else '{"n":' || cast(n as varchar) || '}'
        end as doc

    from numbers

),

answers as (

    select
        n,
        {{ element_at('doc', 'n') }} as member,
        {{ json_map('doc') }} as members,
        {{ json_extract_scalar('doc', '$.n') }} as scalar

    from documents

),

compared as (

    select
        n,
        member,
        scalar,
        {{ element_at('members', 'a', form='map') }} as last_of_equal,
        {{ element_at('members', 'n', form='map') }} as member_of_map,
        case when n % 7 in (2, 4, 5, 6) then cast(n as varchar) end as expected,
        case n % 7 when 1 then cast(n as varchar) when 2 then '' end as last_expected

    from answers

)

select *
from compared
where
    member is distinct from expected
    or scalar is distinct from expected
    or member_of_map is distinct from expected
    or last_of_equal is distinct from last_expected
