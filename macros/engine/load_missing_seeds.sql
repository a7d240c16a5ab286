{#-
    load_missing_seeds()

    Run once, before any model: on DuckDB, where the seeds lie beside the lake, those that this
    run's models read and that the lake does not have yet are read from their files, so that a plain
    `dbt run` works in a new lake too. In one transaction: after each change of the catalog a
    DuckLake reads all of it anew. A seed that has changed is loaded by `dbt seed` or `dbt build`,
    as ever.
-#}
{% macro load_missing_seeds() -%}
    {%- if execute and flags.WHICH == "run" and target.type == "duckdb" -%}
        {%- set statements = [] -%}
        {%- for seed in _seeds_read_by(selected_resources) -%}
            {%- set relation = api.Relation.create(
                database=seed.database, schema=seed.schema, identifier=seed.alias, type="table"
            ) -%}
            {%- if load_cached_relation(relation) is none -%}
                {%- set columns = [] -%}
                {%- for name, data_type in seed.config.column_types.items() -%}
                    {%- do columns.append("'" ~ name ~ "': '" ~ data_type ~ "'") -%}
                {%- endfor -%}
                {%- do statements.append(
                    "create schema if not exists " ~ relation.without_identifier()
                ) -%}
                {%- do statements.append(
                    "create table " ~ relation ~ " as select * from read_csv('"
                    ~ (seed.root_path ~ "/" ~ seed.original_file_path) | replace("'", "''")
                    ~ "', header = true, auto_detect = false, delim = ',', quote = '\"',"
                    ~ " escape = '\"', columns = {" ~ columns | join(", ") ~ "})"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if statements -%}
            {%- do run_query("begin; " ~ statements | unique | join("; ") ~ "; commit") -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#- The project's seeds that nodes refer to, by the nodes' ids. -#}
{% macro _seeds_read_by(ids) -%}
    {%- set read = [] -%}
    {%- for id in ids if id in graph.nodes -%}
        {%- do read.extend(graph.nodes[id].depends_on.nodes) -%}
    {%- endfor -%}
    {{ return(
        graph.nodes.values()
        | selectattr("resource_type", "equalto", "seed")
        | selectattr("package_name", "equalto", project_name)
        | selectattr("unique_id", "in", read)
        | list
    ) }}
{%- endmacro %}
