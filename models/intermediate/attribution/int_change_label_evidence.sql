{{ config(materialized='ephemeral') }}

-- A parameter that is called as the property is, or whose value is the property's name.
with

labels as (

    select distinct
        candidates.change_id,
        candidates.event_key,
        changed.property,
        changed.element_key,
        1 as is_about

    from {{ ref('int_modifying_candidates') }} as candidates

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'
            and texts.label is distinct from candidates.named_as

    inner join {{ ref('int_changed_properties') }} as changed
        on
            candidates.change_id = changed.change_id
            and (
                (
                    length(texts.label) > 3
                    and lower(texts.label) not in ({{ common_labels() }})
                    and lower(texts.label) in (lower(changed.first_part), lower(changed.last_part))
                )
                or (
                    length(texts.value) > 3
                    and lower(changed.first_part) = lower(texts.value)
                )
                or lower(texts.label) = lower(changed.property)
                or (
                    {{ matches('texts.label', '([Ss]et|[Nn]ew)[A-Z][A-Za-z]{5,}') }}
                    and strpos(lower(changed.last_part), lower(substr(texts.label, 4))) = 1
                )
                -- What CloudTrail hides may be called a little otherwise.
                or (
                    texts.value = 'HIDDEN_DUE_TO_SECURITY_REASONS'
                    and length(texts.label) > 3
                    and strpos(lower(changed.first_part), lower(texts.label)) = 1
                )
                -- A tag's key may be short.
                or (
                    changed.area = 'tags'
                    and candidates.is_tagging
                    and changed.first_part in (texts.label, texts.value)
                )
                or (
                    length(texts.value) > 1
                    and lower(changed.element_name) = lower(texts.value)
                )
                -- Who says which ones there shall be takes the others away.
                or (
                    candidates.effect = 'changes'
                    and changed.difference = 'removed'
                    and lower(changed.element_label) = lower(texts.label)
                    and lower(texts.label) not in ({{ common_labels() }})
                )
            )

)

select * from labels
