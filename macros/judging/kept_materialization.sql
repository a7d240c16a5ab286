{#-
    kept_materialization()

    How a model is made that keeps what earlier runs have found: incrementally on DuckDB. Elsewhere
    rows cannot be replaced by any condition (Hive deletes whole partitions), and all is judged anew.
-#}
{% macro kept_materialization() -%}
    {{ return("incremental" if target.type == "duckdb" else "table") }}
{%- endmacro %}
