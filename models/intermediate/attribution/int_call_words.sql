-- Words that many calls have and that say nothing of what they change.
{%- set common = ['configuration', 'attribute', 'attributes', 'default', 'value', 'to', 'from', 'of', 'for'] %}
with

calls as (

    select *

    from {{ ref('int_calls') }}

),

words as (

    select distinct
        calls.event_source,
        calls.call_name,
        parts.word,
        {{ word_stem('parts.word') }} as stem,
        parts.word = calls.verb as is_verb,
        parts.word = calls.verb
        or parts.word in ('{{ common | join("', '") }}') as is_common

    from calls

    cross join unnest({{ words_of('calls.call_name') }}) as parts (word)

)

select * from words
