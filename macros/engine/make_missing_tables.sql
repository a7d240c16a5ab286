{#-
    make_missing_tables()

    Run once, before any model: on DuckDB, the tables of schema `intermediate` that this run's
    models are to fill and that the lake does not have yet, or has with other columns than their
    YAML says, are made without rows, in one transaction. After each change of the catalog a DuckLake
    reads all of it anew, which would come after every model; and columns compared one by one take
    longer than many a model. Incremental models that ask what is new since when make their own. A
    table of what is a table no more goes: nobody would fill it. What people read is made when it is
    filled: an empty mart would be a wrong answer. A full refresh makes each table in its turn.
-#}
{% macro make_missing_tables() -%}
    {%- if
        execute
        and flags.WHICH in ("run", "build")
        and target.type == "duckdb"
        and not flags.FULL_REFRESH
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
            ) -%}
            {%- if node.resource_type != "model" or node.config.schema != "intermediate" -%}
            {%- elif is_filled_from_none and shapes.get(node.alias) != shape -%}
                {%- do made.append(relation) -%}
                {%- do statements.append(
                    "create schema if not exists " ~ relation.without_identifier()
                ) -%}
                {%- do statements.append("drop table if exists " ~ relation) -%}
                {%- do statements.append("create table " ~ relation ~ " (" ~ shape ~ ")") -%}
            {%- elif node.config.materialized == "ephemeral" and node.alias in shapes -%}
                {%- do statements.append("drop table " ~ relation) -%}
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


{#- The columns that a model's YAML says, as they stand between the parentheses of its table. -#}
{% macro _shape_of_model(node) -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- do columns.append('"' ~ column.name ~ '" ' ~ column.data_type | lower) -%}
    {%- endfor -%}
    {{ return(columns | join(", ")) }}
{%- endmacro %}


{#- The columns of each table of schema `intermediate`, written alike: a dictionary by its name. -#}
{% macro _shapes_of_tables() -%}
    {%- set shapes = {} -%}
    {%- for table, shape in run_query(
        "select table_name, string_agg('\"' || column_name || '\" ' || lower(data_type), ', '"
        ~ " order by column_index) from duckdb_columns() where database_name = '" ~ target.database
        ~ "' and schema_name = 'intermediate' group by table_name"
    ).rows -%}
        {%- do shapes.update({table: shape}) -%}
    {%- endfor -%}
    {{ return(shapes) }}
{%- endmacro %}
