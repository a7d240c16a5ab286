{#-
    mark_resources_shown()

    Post-hook of a model of the strategy `replace_shown`: remembers which batches of configuration
    items have gone into it, and the rules by which it was made, as a batch of category `rules`; or
    nothing, where the run leaves out a step between the items and the model.
-#}
{% macro mark_resources_shown() -%}
    {%- if (
        execute
        and kept_materialization() == "incremental"
        and _steps_left_out(model.depends_on.nodes) == []
    ) -%}
        {%- if not shows_some() -%}
            {%- set processed = bookkeeping_relation("processed_batches") -%}
            {%- do run_query(
                "delete from " ~ processed ~ " where model = '" ~ this.identifier
                ~ "' and category = 'rules'"
            ) -%}
            {%- do run_query(
                "insert into " ~ processed ~ " select '" ~ this.identifier ~ "', "
                ~ graph["shows_some"][invocation_id][this.identifier].rules ~ ", 'rules'"
            ) -%}
        {%- endif -%}
        {{ mark_batches_processed("configuration_items") }}
    {%- endif -%}
{%- endmacro %}


{#- The models that the run leaves out of those that stand between these and what batches go into. -#}
{% macro _steps_left_out(ids) -%}
    {%- set left_out = [] -%}
    {%- for id in ids if id in graph.nodes and graph.nodes[id].resource_type == "model" -%}
        {%- set node = graph.nodes[id] -%}
        {%- if "category" not in (node.config.meta or {}) -%}
            {%- if id not in selected_resources -%}
                {%- do left_out.append(node.name) -%}
            {%- endif -%}
            {%- do left_out.extend(_steps_left_out(node.depends_on.nodes)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(left_out) }}
{%- endmacro %}
