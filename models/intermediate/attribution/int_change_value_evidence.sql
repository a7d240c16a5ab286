{{ config(materialized='ephemeral') }}

-- Values that stand everywhere say nothing without their label.
{%- set everywhere = [
    'true', 'false', 'enabled', 'disabled', 'allow', 'deny', 'all', 'none', 'tcp', 'udp',
] %}
-- eipassoc-0a1b2c3d4e5f67890
{%- set made_id = '[a-z]+(-[a-z]+)*-[0-9a-f]{8,}' %}
with

requested as (

    select
        candidates.change_id,
        candidates.event_key,
        {{ compared_value('texts.value') }} as value,
        -- `enableLogFileValidation` gives `logFileValidationEnabled`, and `SetDefaultVersion` gives
        -- `DefaultVersionNumber`.
        {{ rewritten(
            "lower(" ~ rewritten(
                rewritten("coalesce(texts.label, '')", '^([Ss]et|[Nn]ew)([A-Z])', '$2'),
                '[^A-Za-z]',
                ''
            ) ~ ")",
            '^enable([a-z]{4})',
            '$1'
        ) }} as label,
        -- `valuesToRemove` is a parameter of a call that changes.
        candidates.effect in ('removes', 'deletes')
        or lower(texts.label) like '%remove%'
        or lower(texts.label) like '%delete%' as is_taking,
        candidates.effect = 'changes' as is_changing,
        -- `valuesToAdd: all` says what `all` is.
        case
            when lower(texts.label) like '%toadd' then 'after'
            when lower(texts.label) like '%toremove' then 'before'
        end as said_side

    from {{ ref('int_modifying_candidates') }} as candidates

    inner join {{ ref('int_candidate_texts') }} as texts
        on
            candidates.event_key = texts.event_key
            and (
                texts.place = 'request'
                -- An id that AWS makes for what the call has made. An answer that shows another
                -- resource beside what was asked for gives that nothing: ModifyDBInstance's shows
                -- the subnet group.
                or (
                    texts.place = 'response'
                    and candidates.is_in_request
                    and {{ matches('texts.value', made_id) }}
                )
            )

    -- The name of the resource is no value that the call gives it.
    where texts.label is distinct from candidates.named_as

),

-- Relationships show by its name alone what a call may tell by its ARN.
all_requested as (

    select
        *,
        false as is_of_arn

    from requested

    union all

    select
        change_id,
        event_key,
        {{ rewritten('value', '^.*[/:]', '') }} as value,
        label,
        is_taking,
        is_changing,
        said_side,
        true as is_of_arn

    from requested

    where value like 'arn:%'

),

-- An empty saying, such as `true`, counts where the parameter is called as the property is, and
-- then only if the call is about the property.
changed_values as (

    select
        changed.*,
        coalesce(changed.value = lower(elements.element_name), false) as is_name,
        elements.element_name is not null as is_named,
        changed.is_removed and elements.element_key is not null as is_gone,
        count(*) over (partition by changed.change_id, changed.element_key) as values_count,
        length(changed.value) > 2
        and changed.value not in ('{{ everywhere | join("', '") }}')
        and not coalesce({{ matches('changed.value', '[0-9.]{1,3}') }}, false) as is_telling

    from {{ ref('int_changed_values') }} as changed

    left join {{ ref('int_changed_properties') }} as elements
        on
            changed.change_id = elements.change_id
            and changed.element_key = elements.element_key
            and elements.is_array_element

    where changed.change_id in (select change_id from {{ ref('int_modifying_candidates') }})

),

matched as (

    select
        requested.change_id,
        requested.event_key,
        changed.property,
        changed.element_key,
        changed.label,
        changed.value,
        changed.side,
        changed.is_name,
        changed.is_named,
        changed.is_gone and requested.is_changing and not requested.is_taking
            as is_perhaps_left_out,
        changed.values_count,
        changed.is_removed and requested.is_taking as is_taken,
        changed.is_telling
        or coalesce(requested.said_side = changed.side, false) as is_telling,
        changed.is_telling
        or coalesce(requested.said_side = changed.side, false)
        or (
            length(changed.label) > 2
            and length(requested.label) > 2
            and requested.label not in ({{ common_labels() }})
            and (
                strpos(requested.label, changed.label) > 0
                or strpos(changed.label, requested.label) > 0
            )
        )
        -- `state` says little, unless the resource's own state has changed.
        or (requested.label = changed.label and requested.label = lower(changed.property)) as is_said

    from all_requested as requested

    inner join changed_values as changed
        on
            requested.change_id = changed.change_id
            and requested.value = changed.value
            and (not requested.is_of_arn or changed.area = 'relationships')

),

-- Of an element, how much a call tells: two rules may open one address on two ports.
evidence as (

    select
        change_id,
        event_key,
        property,
        element_key,
        max(case when side = 'after' and is_telling then 1 else 0 end) as is_given,
        max(case when side = 'after' and is_said then 1 else 0 end) as is_perhaps_given,
        max(case when side = 'before' and is_said then 1 else 0 end) as is_former,
        max(case when side = 'before' and is_said and is_taken then 1 else 0 end) as is_taken,
        max(case when side = 'after' and is_name then 1 else 0 end) as is_naming,
        count(distinct label || '=' || value) as matched_count,
        -- Enough to tell what two calls gave apart.
        min(label || '=' || value) || ' ' || max(label || '=' || value) as matched_values

    from matched

    group by
        change_id,
        event_key,
        property,
        element_key

    -- A policy put without a statement has parts of it all the same, in those that it has.
    having
        max(case when is_said then 1 else 0 end) = 1
        and not (
            min(case when is_perhaps_left_out then 1 else 0 end) = 1
            and case
                when max(case when is_named then 1 else 0 end) = 1
                    then max(case when is_name then 1 else 0 end) = 0
                else count(distinct label || '=' || value) < max(values_count)
            end
        )

)

select * from evidence
