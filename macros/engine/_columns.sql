{#-
    The columns that this model makes: those that its YAML says, which a convention keeps true. To
    plan a large query once more, only to see its columns, takes as long as many a model.
-#}
{% macro _columns_made() -%}
    {%- if not model.columns -%}
        {{ return(_columns_of(compiled_code)) }}
    {%- endif -%}
    {%- set said = [] -%}
    {%- for column in model.columns.values() -%}
        {%- do said.append((column.name, column.data_type | lower)) -%}
    {%- endfor -%}
    {{ return(said) }}
{%- endmacro %}


{#- The columns of a relation or a query with their types, as a list of pairs. -#}
{% macro _columns_of(query_or_relation) -%}
    {%- set described = [] -%}
    {%- for column in run_query("describe " ~ query_or_relation).rows -%}
        {%- do described.append((column[0], column[1] | lower)) -%}
    {%- endfor -%}
    {{ return(described) }}
{%- endmacro %}


{#- Names and types of columns as dbt's own strategies want them. -#}
{% macro _as_columns(columns) -%}
    {%- set made = [] -%}
    {%- for name, type in columns -%}
        {%- do made.append(api.Column(name, type)) -%}
    {%- endfor -%}
    {{ return(made) }}
{%- endmacro %}


{#- The columns that a model's YAML says, as they stand between the parentheses of its table. -#}
{% macro _shape_of_model(node) -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- do columns.append('"' ~ column.name ~ '" ' ~ column.data_type | lower) -%}
    {%- endfor -%}
    {{ return(columns | join(", ")) }}
{%- endmacro %}


{#-
    The columns of each table of schema `intermediate`, or of another, written alike: a dictionary by
    its name.
-#}
{% macro _shapes_of_tables(schema="intermediate") -%}
    {%- set shapes = {} -%}
    {%- for table, shape in run_query(
        "select table_name, string_agg('\"' || column_name || '\" ' || lower(data_type), ', '"
        ~ " order by column_index) from duckdb_columns() where database_name = '" ~ target.database
        ~ "' and schema_name = '" ~ schema ~ "' group by table_name"
    ).rows -%}
        {%- do shapes.update({table: shape}) -%}
    {%- endfor -%}
    {{ return(shapes) }}
{%- endmacro %}
