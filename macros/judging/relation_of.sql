{#-
    relation_of(model)

    The relation of a model as it is now, where a `ref` would be a circle: for what runs before it and
    asks what the last run has left, and for what runs after it by way of others.
-#}
{% macro relation_of(model) -%}
    {%- if execute -%}
        {%- set node = graph.nodes["model." ~ project_name ~ "." ~ model] -%}
        {{ return(api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.alias, type="table"
        )) }}
    {%- endif -%}
{%- endmacro %}
