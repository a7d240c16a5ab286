{#-
    make_missing_tables()

    Run once, before any model: on DuckDB, the tables of schema `intermediate` that this run's
    models are to fill and that the lake does not have yet are made, with the columns that their
    YAML says and no rows, in one transaction. After each change of the catalog a DuckLake reads all
    of it anew, which would come after every model. What people read is made when it is filled: an
    empty mart would be a wrong answer. A full refresh makes each table in its turn.
-#}
{% macro make_missing_tables() -%}
    {%- if
        execute
        and flags.WHICH in ("run", "build")
        and target.type == "duckdb"
        and not flags.FULL_REFRESH
    -%}
        {%- set made, statements = [], [] -%}
        {%- for id in selected_resources if id in graph.nodes -%}
            {%- set node = graph.nodes[id] -%}
            {%- set relation = api.Relation.create(
                database=node.database, schema=node.schema, identifier=node.alias, type="table"
            ) -%}
            {%- if
                node.resource_type == "model"
                and node.config.materialized == "table"
                and node.config.schema == "intermediate"
                and node.columns
                and load_cached_relation(relation) is none
            -%}
                {%- set columns = [] -%}
                {%- for column in node.columns.values() -%}
                    {%- do columns.append('"' ~ column.name ~ '" ' ~ column.data_type) -%}
                {%- endfor -%}
                {%- do made.append(relation) -%}
                {%- do statements.append(
                    "create schema if not exists " ~ relation.without_identifier()
                ) -%}
                {%- do statements.append(
                    "create table " ~ relation ~ " (" ~ columns | join(", ") ~ ")"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if made -%}
            {%- do run_query("begin; " ~ statements | unique | join("; ") ~ "; commit") -%}
            {%- do note_statistics(target.database) -%}
            {%- for relation in made -%}
                {%- do adapter.cache_added(relation) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
