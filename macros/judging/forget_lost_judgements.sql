{#-
    forget_lost_judgements()

    Run once, before any model: where a table that keeps what earlier runs have judged is missing or
    has another shape than its model's, everything is judged anew. Fails where the run lacks a model
    that is needed for that: the tables would be made of the few changes that the last run judged.
-#}
{% macro forget_lost_judgements() -%}
    {%- if (
        execute
        and flags.WHICH in ("run", "build")
        and kept_materialization() == "incremental"
    ) -%}
        {%- set shapes = _shapes_of_tables() -%}
        {%- set lost = [] -%}
        {%- for node in judging_models("replace_judged") if node.unique_id in selected_resources -%}
            {%- if (
                flags.FULL_REFRESH
                or load_cached_relation(relation_of(node.name)) is none
                or shapes.get(node.alias, "") not in ("", _shape_of_model(node))
            ) -%}
                {%- do lost.append(node.name) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if not lost or not _has_judged() -%}
            {{ return("") }}
        {%- elif not _has_all_judging_models() -%}
            {{ exceptions.raise_compiler_error(
                lost | join(", ") ~ ": what was found for the changes of earlier runs is missing or to "
                ~ "be found anew, which takes all judging models together: --select tag:judging"
            ) }}
        {%- endif -%}
        {%- do run_query("delete from " ~ bookkeeping_relation("judged_versions")) -%}
    {%- endif -%}
{%- endmacro %}
