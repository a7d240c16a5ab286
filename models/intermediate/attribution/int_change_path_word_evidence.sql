{{ config(materialized='ephemeral') }}

-- A call is about a property whose path has all of its words.
with

words as (

    select *

    from {{ ref('int_candidate_words') }}

),

paths as (

    select distinct property

    from {{ ref('int_changed_properties') }}

    where change_id in (select change_id from words)

),

path_words as (

    select distinct
        paths.property,
        {{ word_stem('parts.word') }} as stem

    from paths

    cross join unnest({{ words_of('paths.property') }}) as parts (word)

    union

    -- PutBucketAcl and AccessControlList.
    select
        property,
        lower({{ rewritten("split_part(property, '.', 1)", '([A-Z])[a-z0-9]*', '$1') }}) as stem

    from paths

),

about as (

    select
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key,
        1 as is_about

    from words

    inner join {{ ref('int_changed_properties') }} as changed
        on words.change_id = changed.change_id

    inner join path_words
        on
            changed.property = path_words.property
            and words.stem = path_words.stem

    where words.is_telling

    group by
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key

    having count(distinct words.stem) = max(words.telling_words_count)

    union all

    -- MonitorInstances has no word but its verb: it is about what is called as the verb is.
    select distinct
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key,
        1 as is_about

    from words

    inner join {{ ref('int_changed_properties') }} as changed
        on words.change_id = changed.change_id

    inner join path_words
        on
            changed.property = path_words.property
            and (
                {{ rewritten('words.stem', '^un', '') }} = path_words.stem
                -- Subscribe and subscriptions.
                or (
                    length(words.stem) > 6
                    and strpos(
                        path_words.stem, substr({{ rewritten('words.stem', '^un', '') }}, 1, 7)
                    ) = 1
                )
            )

    where
        words.telling_words_count = 0
        and words.is_verb
        and length(words.stem) > 3
        and words.word not in ('enable', 'disable')
        and not words.is_common_verb

)

select * from about
