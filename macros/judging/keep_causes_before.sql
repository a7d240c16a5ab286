{#-
    keep_causes_before()

    Pre-hook of `int_change_causes`: what it held before, for `note_changes_to_say` to compare with.
    A table that is missing, or of another shape, held nothing.
-#}
{% macro keep_causes_before() -%}
    {%- if execute and kept_materialization() == "incremental" -%}
        {%- set before = load_cached_relation(this) %}
        create or replace temporary table causes_before
        {%- if before is not none %} as
        select * from {{ before }} where {{ is_followed('change_id') }}
        {%- else %} ({{ _shape_of_model(model) }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
