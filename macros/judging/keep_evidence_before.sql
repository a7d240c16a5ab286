{#-
    keep_evidence_before()

    Post-hook of `int_versions_to_judge`: what spoke for the changes that are judged anew stays in
    `bookkeeping.evidence_before` until `int_change_causes` has followed it to their neighbours. What
    a run that stopped in between has kept stays as it is.
-#}
{% macro keep_evidence_before() -%}
    {%- if execute and judges_some() -%}
        {%- set before = bookkeeping_relation("evidence_before") -%}
        {%- set changes -%}
            select item_key
            from {{ this }}
            where item_key not in (select change_id from {{ before }})
        {%- endset %}
        insert into {{ before }} {{ evidence_found(changes) }}
    {%- endif -%}
{%- endmacro %}
