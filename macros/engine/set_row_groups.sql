{#-
    set_row_groups()

    Run once, before any model: on DuckDB, the lake's tables are written in row groups of
    20,000 rows, a sixth of what DuckDB takes by itself (docs/decisions/0016).
-#}
{% macro set_row_groups() -%}
    {%- if execute and flags.WHICH in ("run", "build") and target.type == "duckdb" -%}
        {%- set rows = 20000 -%}
        {%- set is_set -%}
            select 1
            from {{ target.database }}.options()
            where
                option_name = 'parquet_row_group_size'
                and value = '{{ rows }}'
        {%- endset -%}
        {%- if run_query(is_set).rows | length == 0 -%}
            {%- do run_query(
                "call " ~ target.database ~ ".set_option('parquet_row_group_size', " ~ rows ~ ")"
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
