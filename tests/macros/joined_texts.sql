with

texts as (

    select * from (values ('b', 1), ('a', 1), (null, 1), ('a', 1), (null, 2)) as given (text, part)

),

answers as (

    select
        part,
        {{ joined_texts('text', ', ') }} as commas,
        {{ joined_texts('text', "'") }} as quotes,
        {{ joined_texts("case when text = 'b' then text end", ', ') }} as alone

    from texts

    group by part

)

select *
from answers
where
    part = 1 and (commas, quotes, alone) is distinct from ('a, a, b', 'a''a''b', 'b')
    or part = 2 and (commas is not null or quotes is not null or alone is not null)
