{{ config(materialized='ephemeral') }}

-- A call is about a property whose path has all of its words. Of several calls those are that have
-- the most: of a role's trust policy UpdateAssumeRolePolicy, and not DetachRolePolicy.
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

about_in_words as (

    select
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key,
        count(distinct words.stem) as words_count

    from words

    inner join {{ ref('int_changed_properties') }} as changed
        on words.change_id = changed.change_id

    inner join path_words
        on
            changed.property = path_words.property
            and words.stem = path_words.stem

    where words.is_telling or words.word = 'policy'

    group by
        words.change_id,
        words.event_key,
        changed.property,
        changed.element_key

    having
        count(distinct case when words.is_telling then words.stem end)
        = max(words.telling_words_count)

),

compared as (

    select
        *,
        max(words_count) over (partition by change_id, element_key) as most_words_count

    from about_in_words

),

about as (

    select
        change_id,
        event_key,
        property,
        element_key,
        1 as is_about

    from compared

    where words_count = most_words_count

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
