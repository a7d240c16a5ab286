{#-
    evidence_found(changes)

    A query: the calls that speak for changes (`changes` is SQL that gives their ids), each with its
    time and with what neighbours' changes ask of it (`found`, a hash).
-#}
{% macro evidence_found(changes) -%}
    select distinct
        evidence.change_id,
        evidence.event_key,
        evidence.occurred_at,
        {{ row_hash([
            "evidence.element_key", "evidence.property", "evidence.grade", "causes.event_key is null",
        ]) }} as found
    from {{ relation_of("int_change_evidence") }} as evidence
    left join {{ relation_of("int_change_modifying_causes") }} as causes
        on
            evidence.change_id = causes.change_id
            and evidence.event_key = causes.event_key
    where evidence.change_id in ({{ changes }})
{%- endmacro %}
