{#-
    row_hash(columns)

    A hash over several columns (a Jinja list of SQL), as hexadecimal text, never null: null, the
    empty text and the neighbour's text are told apart. Each value stands behind its length, so
    that (null, 'x') and ('x', null), or ('ab', 'c') and ('a', 'bc'), are never the same text.
-#}
{% macro row_hash(columns) -%}
    {%- if not columns or columns is string -%}
        {{ exceptions.raise_compiler_error("row_hash: takes a list of columns") }}
    {%- endif -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- set value = "cast(" ~ column ~ " as " ~ dbt.type_string() ~ ")" -%}
        {%- do parts.append(
            "coalesce(cast(length(" ~ value ~ ") as " ~ dbt.type_string() ~ ") || ':' || " ~ value
            ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {{ return(sha256_hex(parts | join(" || "))) }}
{%- endmacro %}
