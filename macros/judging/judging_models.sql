{#-
    judging_models(strategy)

    The models that judge changes, tagged `judging`, as a list of the graph's nodes; those of an
    incremental strategy alone, where one is named. Together they keep one state: what the last run
    that had all of them has judged.
-#}
{% macro judging_models(strategy=none) -%}
    {%- set found = [] -%}
    {%- for node in graph.nodes.values() if "judging" in node.tags -%}
        {%- if node.resource_type == "model" and (
            strategy is none or node.config.incremental_strategy == strategy
        ) -%}
            {%- do found.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#- Whether this run has all of them. -#}
{% macro _has_all_judging_models() -%}
    {{ return(
        judging_models() | map(attribute="unique_id") | reject("in", selected_resources) | list == []
    ) }}
{%- endmacro %}
