{#-
    get_fixture_sql(rows, column_name_to_data_types)

    dbt's own, for the rows that a unit test gives, where the input is a relation. An ephemeral
    model is none: its columns are then those that the rows name, with the types that the project's
    names tell (`…_at` is a timestamp, `…_date` a date). What the tested model reads and no row has
    is named in one of them, as null; what has no rows is given as SQL.
-#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- if column_name_to_data_types or load_relation(this) is not none or not rows -%}
        {{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}
    {%- endif -%}
    {%- set types, selects = {}, [] -%}
    {%- for row in rows -%}
        {%- for column, value in row.items() if column not in types or types[column] is none -%}
            {%- do types.update({column: _type_of_fixture(column, value)}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- set values = [] -%}
        {%- for column, type in types.items() -%}
            {%- set value = row.get(column) -%}
            {%- if value is string -%}
                {%- set value = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
            {%- elif value is none -%}
                {%- set value = "null" -%}
            {%- endif -%}
            {%- do values.append(dbt.safe_cast(value, type or dbt.type_string()) ~ " as " ~ column) -%}
        {%- endfor -%}
        {%- do selects.append("select " ~ values | join(", ")) -%}
    {%- endfor -%}
    {{ return(selects | join(" union all ")) }}
{%- endmacro %}


{#- The type of a column by its name, or else by one of its values; none where neither tells. -#}
{% macro _type_of_fixture(column, value) -%}
    {%- set first, last = column.split("_")[0], column.split("_")[-1] -%}
    {%- if last in ("at", "since", "until") -%}
        {{ return(dbt.type_timestamp()) }}
    {%- elif last == "date" -%}
        {{ return("date") }}
    {%- elif value is boolean or first in ("is", "was", "has") -%}
        {{ return(dbt.type_boolean()) }}
    {%- elif value is number or last in ("count", "number", "version") -%}
        {{ return(dbt.type_bigint()) }}
    {%- endif -%}
    {{ return(dbt.type_string() if value is string else none) }}
{%- endmacro %}
