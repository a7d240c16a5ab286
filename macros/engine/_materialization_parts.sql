{#-
    What the project's materializations on DuckDB share.

    _finish(relation, post_hooks, is_new)

    The end of each: the contract, descriptions, hooks and the commit. `is_new` is whether the
    table or view was made, not only filled.
-#}
{% macro _finish(relation, post_hooks, is_new) -%}
    {%- if is_new -%}
        {%- do _keep_contract(relation) -%}
    {%- endif -%}
    {%- do persist_docs(relation, model) -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do adapter.commit() -%}
    {%- if is_new and relation.is_table -%}
        {%- do note_statistics(relation.database) -%}
    {%- endif -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
{%- endmacro %}


{#-
    _make(relation, kind)

    Make the model's table or view. Its contract, if it has one, is compared with what was made
    (_keep_contract): dbt would have the model planned two more times before, which takes longer
    than many a model.
-#}
{% macro _make(relation, kind) -%}
    create or replace {{ kind }} {{ relation }} as (
        {{ compiled_code }}
    );
{%- endmacro %}


{#- Fail, before anything is committed, where a model with a contract makes other columns. -#}
{% macro _keep_contract(relation) -%}
    {%- if config.get("contract").enforced -%}
        {%- set said, made = _columns_made(), _columns_of(relation) -%}
        {%- if said != made -%}
            {{ exceptions.raise_compiler_error(
                "the contract of " ~ this ~ " says other columns than its model makes: "
                ~ (said | reject("in", made) | list or "in another order") ~ ", not "
                ~ made | reject("in", said) | list
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#-
    Whether the model can have rows: one has none where that is empty which it has `nothing_without`,
    as its `meta` says: a model that it reads, maybe by way of a step that is no table; or where that
    has no rows of a condition. To plan a long query for that takes longer than to look, which a
    short one does not.
-#}
{% macro _has_something_to_read(condition="true") -%}
    {%- set needed = config.get("meta", {}).get("nothing_without") -%}
    {{ return(
        needed is none
        or run_query(
            "select 1 from " ~ relation_of(needed) ~ " where " ~ condition ~ " limit 1"
        ).rows | length > 0
    ) }}
{%- endmacro %}
