{#-
    The materialization `table` on DuckDB. A table that has its columns already keeps its place in
    the catalog, and only its rows are replaced: after each change of the catalog a DuckLake reads
    all of it anew, which costs more than most models, and a catalog that every build adds to grows
    without end. One transaction: readers see the old rows until the commit. Knows no constraints,
    indexes or grants, which a DuckLake does not have. Between staging and marts make_missing_tables
    has seen to the columns before the first model.
-#}
{% materialization table, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set has_its_columns = (
        existing_relation is not none
        and existing_relation.is_table
        and not should_full_refresh()
        and (
            config.get("schema") == "intermediate"
            or _columns_made() == _columns_of(existing_relation)
        )
    ) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement("main") -%}
        {%- if has_its_columns %}
        delete from {{ target_relation }};
        {%- if _has_something_to_read() %}
        insert into {{ target_relation }}
        {{ compiled_code }}
        {%- endif %}
        {%- else %}
        {%- if existing_relation is not none %}
        drop {{ existing_relation.type }} if exists {{ existing_relation }};
        {%- endif %}
        {{ _make(target_relation, 'table') }}
        {%- endif %}
    {%- endcall %}

    {% do _finish(target_relation, post_hooks, is_new=not has_its_columns) %}
    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
