-- A map is read from a column of good and bad texts together: a bad one must not fail the rest.
with

texts as (

    select *
    from (
        values
            ('{"a":1}', '1'),
            ('{"a": ', null),
            ('{"a": }', null),
            ('plain', null),
            ('{"a":1,"a":2}', '2'),
            (null, null)
    ) as rows_of_texts (json_text, expected)

),

answers as (

    select
        json_text,
        expected,
        {{ json_map('json_text') }} as as_map

    from texts

)

select
    json_text,
    expected,
    as_map

from answers

where {{ element_at('as_map', 'a', form='map') }} is distinct from expected
