{#-
    note_statistics(database)

    Write the statistics of the tables of a DuckLake that no row was put into. DuckLake writes none,
    and where it finds none it asks its catalog anew for each column whenever the table is read:
    half of a build's time where only one of the two kinds has landed. These are as DuckLake itself
    writes them where all values are null; its next insert takes them further (docs/decisions/0012).
-#}
{% macro note_statistics(database) -%}
    {%- set catalog = '"__ducklake_metadata_' ~ database ~ '"' -%}
    {%- set made -%}
        (
            select table_id
            from {{ catalog }}.ducklake_table
            where
                end_snapshot is null
                and table_id not in (select table_id from {{ catalog }}.ducklake_table_stats)
        )
    {%- endset -%}
    {%- do run_query(
        "insert into " ~ catalog ~ ".ducklake_table_column_stats"
        ~ " select table_id, column_id, 1, case when column_type like 'float%' then 0 end,"
        ~ " null, null, null from " ~ catalog ~ ".ducklake_column"
        ~ " where end_snapshot is null and column_type not in ('struct', 'list', 'map')"
        ~ " and table_id in " ~ made
    ) -%}
    {%- do run_query(
        "insert into " ~ catalog ~ ".ducklake_table_stats select table_id, 0, 0, 0 from " ~ made
    ) -%}
{%- endmacro %}
