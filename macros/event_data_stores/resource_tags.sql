{#-
    resource_tags(json_text)

    A JSON array of {"arn": …, "tags": {…}} as an array of structs with a map each; null where the
    text is no array.
-#}
{% macro resource_tags(json_text) -%}
    {{ return(adapter.dispatch('resource_tags', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__resource_tags(json_text) -%}
    {{ exceptions.raise_compiler_error("resource_tags: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__resource_tags(json_text) -%}
    {%- set json_text = mended_json(json_text) -%}
    case when json_valid({{ json_text }}) and json_type({{ json_text }}) = 'ARRAY' then [
        struct_pack(
            arn := json_extract_string(element, '$.arn'),
            tags := {{ json_map("json_extract_string(element, '$.tags')") }}
        ) for element in cast({{ json_text }} as json[])
    ] end
{%- endmacro %}


{% macro trino__resource_tags(json_text) -%}
    transform(
        try(cast(json_parse({{ json_text }}) as array(json))),
        element -> cast(
            row(
                json_extract_scalar(element, '$.arn'),
                {{ json_map("json_format(json_extract(element, '$.tags'))") }}
            ) as row(arn varchar, tags map(varchar, varchar))
        )
    )
{%- endmacro %}


{% macro athena__resource_tags(json_text) -%}
    {{ return(trino__resource_tags(json_text)) }}
{%- endmacro %}
