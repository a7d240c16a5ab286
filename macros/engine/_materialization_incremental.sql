{#-
    The materialization `incremental` on DuckDB, as spare with the catalog as `table` is: what the
    strategy replaces is deleted and inserted in one transaction, with no table between. A table of
    another shape than the model's is told, and built anew by `tarn build --full-refresh`.
-#}
{% materialization incremental, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set is_kept = (
        existing_relation is not none
        and existing_relation.is_table
        and not should_full_refresh()
    ) -%}
    {%- set columns = _columns_of(existing_relation) if is_kept else [] -%}
    {%- if is_kept and _columns_made() != columns -%}
        {{ exceptions.raise_compiler_error(
            "the columns of " ~ this ~ " are out of sync with those of its model"
        ) }}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement("main") -%}
        {%- if (
            is_kept
            and config.get("incremental_strategy") == "append"
            and not _has_something_to_read()
        ) %}
        select 'nothing to read' as table
        {%- elif is_kept %}
        {%- set strategy = adapter.get_incremental_strategy_macro(
            context, config.get("incremental_strategy")
        ) %}
        {{ strategy({
            "target_relation": target_relation,
            "temp_relation": "(" ~ compiled_code ~ ") as made",
            "dest_columns": _as_columns(columns),
            "unique_key": none,
            "incremental_predicates": none,
        }) }}
        {%- else %}
        {%- if existing_relation is not none %}
        drop {{ existing_relation.type }} if exists {{ existing_relation }};
        {%- endif %}
        {{ _make(target_relation, 'table') }}
        {%- endif %}
    {%- endcall %}

    {% do _finish(target_relation, post_hooks, is_new=not is_kept) %}
    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
