{#-
    mark_changes_said()

    Post-hook of a model of the strategy `replace_said`: what was noted for it has been said. In the
    same transaction as the model's own change.
-#}
{% macro mark_changes_said() -%}
    {%- if execute and kept_materialization() == "incremental" -%}
        delete from {{ bookkeeping_relation("changes_to_say") }}
        where model = '{{ this.identifier }}'
    {%- endif -%}
{%- endmacro %}
