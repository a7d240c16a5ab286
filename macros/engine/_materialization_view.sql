{#-
    The materialization `view` on DuckDB. A view that says the same already is left as it is, and
    another takes its place in one statement: after each change of the catalog a DuckLake reads all
    of it anew. What a view says is told by a hash of its SQL and its columns, kept as its comment.
-#}
{% materialization view, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="view") -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set hash = local_md5(compiled_code ~ _columns_made()) -%}
    {%- set is_kept = (
        existing_relation is not none
        and existing_relation.is_view
        and not should_full_refresh()
        and _comment_of_view(existing_relation) == hash
    ) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement("main") -%}
        {%- if is_kept %}
        select 'unchanged' as view
        {%- else %}
        {%- if existing_relation is not none %}
        drop {{ existing_relation.type }} if exists {{ existing_relation }};
        {%- endif %}
        {{ _make(target_relation, 'view') }}
        comment on view {{ target_relation }} is '{{ hash }}';
        {%- endif %}
    {%- endcall %}

    {% do _finish(target_relation, post_hooks, is_new=not is_kept) %}
    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}


{#- The comment of a view, null where it has none. -#}
{% macro _comment_of_view(relation) -%}
    {%- set found = run_query(
        "select comment from duckdb_views() where database_name = '" ~ relation.database
        ~ "' and schema_name = '" ~ relation.schema ~ "' and view_name = '" ~ relation.identifier
        ~ "'"
    ).rows -%}
    {{ return(found[0][0] if found else none) }}
{%- endmacro %}
