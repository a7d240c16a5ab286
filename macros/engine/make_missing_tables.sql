{#-
    make_missing_tables()

    Run once, before any model: on DuckDB, the tables of schema `intermediate` that this run's
    models are to fill and that the lake does not have yet are made without rows, in one transaction:
    after each change of the catalog a DuckLake reads all of it anew, which would come after every
    model. Incremental models that ask what is new since when make their own, a full refresh makes
    each table in its turn, and what people read is made when it is filled: an empty mart would be a
    wrong answer. For the same reason a table with other columns than its model's YAML says stays
    until that fills another in its place; dbt is told that there is none. Columns compared by each
    model for itself take longer than many a model. A table of what is a table no more goes: nobody
    would fill it.
-#}
{% macro make_missing_tables() -%}
    {%- if
        execute
        and flags.WHICH in ("run", "build")
        and target.type == "duckdb"
    -%}
        {%- set shapes, made, statements = _shapes_of_tables(), [], [] -%}
        {%- for id in selected_resources if id in graph.nodes -%}
            {%- set node = graph.nodes[id] -%}
            {%- set relation = api.Relation.create(
                database=node.database, schema=node.schema, identifier=node.alias, type="table"
            ) -%}
            {%- set shape = _shape_of_model(node) -%}
            {%- set is_filled_from_none = (
                node.config.materialized == "table"
                or (node.config.meta or {}).get("nothing_without") is not none
                or node.config.incremental_strategy == "replace_judged"
            ) -%}
            {%- if node.resource_type != "model" or node.config.schema != "intermediate" -%}
            {%- elif node.config.materialized == "ephemeral" and node.alias in shapes -%}
                {%- set left_over = load_cached_relation(relation) -%}
                {%- do statements.append("drop " ~ left_over.type ~ " " ~ left_over) -%}
            {%- elif flags.FULL_REFRESH or not is_filled_from_none -%}
            {%- elif node.alias not in shapes -%}
                {%- do made.append(relation) -%}
                {%- do statements.append(
                    "create schema if not exists " ~ relation.without_identifier()
                ) -%}
                {%- do statements.append("create table " ~ relation ~ " (" ~ shape ~ ")") -%}
            {%- elif shapes[node.alias] != shape -%}
                {%- do adapter.cache_dropped(load_cached_relation(relation)) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if statements -%}
            {%- do run_query("begin; " ~ statements | unique | join("; ") ~ "; commit") -%}
            {%- do note_statistics(target.database) -%}
            {%- for relation in made -%}
                {%- do adapter.cache_added(relation) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
