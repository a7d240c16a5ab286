{#-
    forget_lost_judgements()

    Run once, before any model: where a table that keeps what earlier runs have judged is missing or
    has another shape than its model's, or what is remembered of the judged versions has, everything
    is judged anew. Fails where the run lacks a model that is needed for that: the tables would be
    made of the few changes that the last run judged.
-#}
{% macro forget_lost_judgements() -%}
    {%- if (
        execute
        and flags.WHICH in ("run", "build")
        and kept_materialization() == "incremental"
    ) -%}
        {%- set shapes = _shapes_of_tables() -%}
        {%- set judged = bookkeeping_relation("judged_versions") -%}
        {%- set columns = '"' ~ judged_columns() | join('" varchar, "') ~ '" varchar' -%}
        {%- set lost = [] -%}
        {%- if _shapes_of_tables("bookkeeping")[judged.identifier] != columns -%}
            {%- do lost.append(judged.identifier) -%}
        {%- endif -%}
        {%- for node in judging_models("replace_judged") if node.unique_id in selected_resources -%}
            {%- if (
                flags.FULL_REFRESH
                or load_cached_relation(relation_of(node.name)) is none
                or shapes.get(node.alias, "") not in ("", _shape_of_model(node))
            ) -%}
                {%- do lost.append(node.name) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set has_judged = _has_judged() -%}
        {%- if lost and has_judged and not _has_all_judging_models() -%}
            {{ exceptions.raise_compiler_error(
                lost | join(", ") ~ ": what was found for the changes of earlier runs is missing or to "
                ~ "be found anew, which takes all judging models together: --select tag:judging"
            ) }}
        {%- elif judged.identifier in lost or (lost and has_judged) -%}
            {%- do run_query("create or replace table " ~ judged ~ " (" ~ columns ~ ")") -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
