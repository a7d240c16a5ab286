-- Values that stand everywhere say nothing without their label.
{%- set everywhere = [
    'true', 'false', 'enabled', 'disabled', 'allow', 'deny', 'all', 'none', 'tcp', 'udp',
] %}
with

candidates as (

    select *

    from {{ ref('int_change_candidates') }}

    where change_kind in ('modified', 'tags_only')

),

requested as (

    select
        candidates.change_id,
        candidates.event_key,
        lower(texts.value) as value,
        lower({{ rewritten("coalesce(texts.label, '')", '[^A-Za-z]', '') }}) as label

    from candidates

    inner join {{ ref('int_write_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and texts.place = 'request'

    -- The name of the resource is no value that the call gives it.
    where texts.label is distinct from candidates.named_as

),

-- An empty saying, such as `true`, counts where the parameter is called as the property is, and
-- then only if the call is about the property.
changed_values as (

    select
        *,
        length(value) > 2
        and value not in ('{{ everywhere | join("', '") }}')
        and not coalesce({{ matches('value', '[0-9.]{1,3}') }}, false) as is_telling

    from {{ ref('int_changed_values') }}

),

evidence as (

    select
        requested.change_id,
        requested.event_key,
        changed.property,
        max(case when changed.side = 'after' and changed.is_telling then 1 else 0 end) as is_given,
        max(case when changed.side = 'after' then 1 else 0 end) as is_perhaps_given,
        max(case when changed.side = 'before' then 1 else 0 end) as is_former,
        max(case when changed.side = 'before' and changed.is_removed then 1 else 0 end)
            as is_taken

    from requested

    inner join changed_values as changed
        on
            requested.change_id = changed.change_id
            and requested.value = changed.value

    where
        changed.is_telling
        or (
            length(changed.label) > 2
            and length(requested.label) > 2
            and requested.label not in ({{ common_labels() }})
            and (
                strpos(requested.label, changed.label) > 0
                or strpos(changed.label, requested.label) > 0
            )
        )

    group by
        requested.change_id,
        requested.event_key,
        changed.property

)

select * from evidence
