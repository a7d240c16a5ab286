{#-
    The materialization `table` on DuckDB. A table that has its columns already keeps its place in
    the catalog, and only its rows are replaced: after each change of the catalog a DuckLake reads
    all of it anew, which costs more than most models, and a catalog that every build adds to grows
    without end. One transaction: readers see the old rows until the commit. Knows no constraints,
    indexes or grants, which a DuckLake does not have.
-#}
{% materialization table, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set has_its_columns = (
        existing_relation is not none
        and existing_relation.is_table
        and not should_full_refresh()
        and _columns_made() == _columns_of(existing_relation)
    ) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement("main") -%}
        {%- if has_its_columns %}
        delete from {{ target_relation }};
        insert into {{ target_relation }}
        {{ compiled_code }}
        {%- else %}
        {%- if existing_relation is not none %}
        drop {{ existing_relation.type }} if exists {{ existing_relation }};
        {%- endif %}
        {{ create_table_as(False, target_relation, compiled_code) }}
        {%- endif %}
    {%- endcall %}

    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}


{#- The columns of a relation or a query with their types, as a list of pairs. -#}
{% macro _columns_of(query_or_relation) -%}
    {%- set described = [] -%}
    {%- for column in run_query("describe " ~ query_or_relation).rows -%}
        {%- do described.append((column[0], column[1] | lower)) -%}
    {%- endfor -%}
    {{ return(described) }}
{%- endmacro %}
