{#-
    get_incremental_replace_partitions_sql(arg_dict)

    The incremental strategy `replace_partitions`: deletes the days that the model's run touched,
    and inserts them anew. The days are literals, so that a day whose new result is empty is
    cleared too. The model names its day column and category in `meta` (`partition`, `category`).
    What it has `nothing_without` has the same column of days: nothing is inserted where that has
    none of them.

    The one form that DuckDB, Trino on Hive and Trino on Iceberg all have: `merge` and
    `delete+insert` fail on Hive tables. Hive's two statements are not one transaction.
-#}
{% macro get_incremental_replace_partitions_sql(arg_dict) -%}
    {%- set meta = config.get("meta") -%}
    {{ return(adapter.dispatch("replace_partitions", "tarn")(
        arg_dict["target_relation"],
        arg_dict["temp_relation"],
        arg_dict["dest_columns"] | map(attribute="quoted") | join(", "),
        meta["partition"],
        touched_days(meta["category"]),
    )) }}
{%- endmacro %}


{% macro default__replace_partitions(target_relation, temp_relation, columns, partition, days) -%}
    {{ exceptions.raise_compiler_error("replace_partitions: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__replace_partitions(target_relation, temp_relation, columns, partition, days) -%}
    {%- set of_days = partition ~ " in (" ~ day_literals(days) ~ ")" %}
    delete from {{ target_relation }} where {{ of_days }};
    {%- if _has_something_to_read(of_days) %}
    insert into {{ target_relation }} ({{ columns }}) select {{ columns }} from {{ temp_relation }};
    {%- endif %}
{%- endmacro %}


{% macro trino__replace_partitions(target_relation, temp_relation, columns, partition, days) -%}
    {%- do run_query(
        "delete from " ~ target_relation ~ " where " ~ partition ~ " in (" ~ day_literals(days) ~ ")"
    ) -%}
    insert into {{ target_relation }} ({{ columns }}) select {{ columns }} from {{ temp_relation }}
{%- endmacro %}


{% macro athena__replace_partitions(target_relation, temp_relation, columns, partition, days) -%}
    {{ return(trino__replace_partitions(target_relation, temp_relation, columns, partition, days)) }}
{%- endmacro %}
