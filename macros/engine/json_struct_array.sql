{#-
    json_struct_array(json_text, fields)

    A JSON array of objects, held as text, as an array of structs of text. `fields` is a Jinja
    dictionary: the struct's field, and the JSON keys it is taken from, the first one present
    counting. Null where the text is no JSON array.
-#}
{% macro json_struct_array(json_text, fields) -%}
    {{ return(adapter.dispatch('json_struct_array', 'tarn')(json_text, fields)) }}
{%- endmacro %}


{% macro default__json_struct_array(json_text, fields) -%}
    {{ exceptions.raise_compiler_error("json_struct_array: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_struct_array(json_text, fields) -%}
    {%- set json_text = mended_json(json_text) -%}
    case when json_valid({{ json_text }}) and json_type({{ json_text }}) = 'ARRAY' then [
        struct_pack(
            {%- for name, keys in fields.items() %}
            {{ name }} := coalesce(
                {%- for key in keys %}
                json_extract_string(element, '$."{{ key }}"'),
                {%- endfor %} null
            ){{ "," if not loop.last }}
            {%- endfor %}
        ) for element in cast({{ json_text }} as json[])
    ] end
{%- endmacro %}


{% macro trino__json_struct_array(json_text, fields) -%}
    transform(
        try(cast(json_parse({{ json_text }}) as array(json))),
        element -> cast(
            row(
                {%- for name, keys in fields.items() %}
                coalesce(
                    {%- for key in keys %}
                    json_extract_scalar(element, '$["{{ key }}"]'),
                    {%- endfor %} null
                ){{ "," if not loop.last }}
                {%- endfor %}
            ) as row({% for name in fields %}{{ name }} varchar{{ ", " if not loop.last }}{% endfor %})
        )
    )
{%- endmacro %}


{% macro athena__json_struct_array(json_text, fields) -%}
    {{ return(trino__json_struct_array(json_text, fields)) }}
{%- endmacro %}
