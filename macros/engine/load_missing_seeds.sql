{#-
    load_missing_seeds()

    Run once, before any model: on DuckDB, where the seeds lie beside the lake, those that the lake
    does not have yet are read from their files, so that a plain `dbt run` works in a new lake too.
    A seed that has changed is loaded by `dbt seed` or `dbt build`, as ever.
-#}
{% macro load_missing_seeds() -%}
    {%- if execute and flags.WHICH == "run" and target.type == "duckdb" -%}
        {%- set seeds = graph.nodes.values()
            | selectattr("resource_type", "equalto", "seed")
            | selectattr("package_name", "equalto", project_name) -%}
        {%- for seed in seeds -%}
            {%- set relation = api.Relation.create(
                database=seed.database, schema=seed.schema, identifier=seed.alias, type="table"
            ) -%}
            {%- if load_cached_relation(relation) is none -%}
                {%- set columns = [] -%}
                {%- for name, data_type in seed.config.column_types.items() -%}
                    {%- do columns.append("'" ~ name ~ "': '" ~ data_type ~ "'") -%}
                {%- endfor -%}
                {%- do adapter.create_schema(relation.without_identifier()) -%}
                {%- do run_query(
                    "create table " ~ relation ~ " as select * from read_csv('"
                    ~ (seed.root_path ~ "/" ~ seed.original_file_path) | replace("'", "''")
                    ~ "', header = true, auto_detect = false, delim = ',', quote = '\"',"
                    ~ " escape = '\"', columns = {" ~ columns | join(", ") ~ "})"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
