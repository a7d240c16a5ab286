{#-
    landed_record(source_name, table_name, columns={})

    The record that AWS sent, as JSON text, made again from its landed columns: equal as JSON,
    documented fields first. Which columns hold fields, and of which JSON type each is, stands in
    the source's YAML (`meta`: `aws_name`, `json_type`); what a column cannot tell apart stands in
    `_as_sent` (see ingest/landing/schema.py). Its text is compact, and no name or tag in it is
    part of another, so that it is searched and not parsed.

    `columns` is a Jinja dictionary for columns that have another name here: the landed column,
    and the SQL that yields what landed.
-#}
{% macro landed_record(source_name, table_name, columns={}) -%}
    {%- if not execute -%}
        {{ return("null") }}
    {%- endif -%}
    {%- set as_sent = columns.get("_as_sent", "_as_sent") -%}
    {%- set unknown = columns.get("_unknown_fields", "_unknown_fields") -%}
    {%- set usual = [] -%}
    {%- set tagged = [] -%}
    {%- for name, meta in _landed_fields(source_name, table_name).items() -%}
        {%- set value = columns.get(name, name) -%}
        {%- set field = '"' ~ meta["aws_name"] ~ '":' -%}
        {%- set is_text = meta["json_type"] == "string" -%}
        {%- set usual_value = json_text(value) if is_text else value -%}
        {%- do usual.append("'" ~ field ~ "' || " ~ usual_value) -%}
        {%- set tag_that_matters = field if is_text else field ~ '"string"' -%}
        {%- do tagged.append(
            "'" ~ field ~ "' || case"
            ~ " when strpos(" ~ as_sent ~ ", '" ~ field ~ "\"null\"') > 0 and " ~ value ~ " is null then 'null'"
            ~ " when strpos(" ~ as_sent ~ ", '" ~ tag_that_matters ~ "') > 0 then "
            ~ (value if is_text else json_text(value))
            ~ " else " ~ usual_value ~ " end"
        ) -%}
    {%- endfor -%}
    {%- set others = "nullif(substr(" ~ unknown ~ ", 2, length(" ~ unknown ~ ") - 2), '')" -%}
    '{' || case
        when {{ as_sent }} is null then concat_ws(',', {{ (usual + [others]) | join(", ") }})
        else concat_ws(',', {{ (tagged + [others]) | join(", ") }})
    end || '}'
{%- endmacro %}


{% macro _landed_fields(source_name, table_name) -%}
    {%- set fields = {} -%}
    {%- for source in graph.sources.values()
            if source.source_name == source_name and source.name == table_name -%}
        {%- for column in source.columns.values() if column.config.meta.get("aws_name") -%}
            {%- do fields.update({column.name: column.config.meta}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not fields -%}
        {{ exceptions.raise_compiler_error(
            "landed_record: no fields of " ~ source_name ~ "." ~ table_name ~ " in the YAML"
        ) }}
    {%- endif -%}
    {{ return(fields) }}
{%- endmacro %}
