{#-
    json_map(json_text)

    A JSON object held as text as a map of text to text, as Lake keeps requestParameters and its
    like: scalars bare, nested values as compact JSON text, JSON null as a null value. Of equal
    keys the last counts. Null for what is no object; nothing raises. Numbers may lose what does
    not count (`1.50` comes as `1.5`); Trino sorts the keys inside nested values.

    DuckDB's own cast lets equal keys into a map, which fails where no `try` reaches: in reading.
-#}
{% macro json_map(json_text) -%}
    {{ return(adapter.dispatch('json_map', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__json_map(json_text) -%}
    {{ exceptions.raise_compiler_error("json_map: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__json_map(json_text) -%}
    {%- set json = mended_json(json_text, form="nested") -%}
    {%- set keys = "try(json_keys(" ~ json ~ "))" -%}
    case
        when list_unique({{ keys }}) = len({{ keys }})
            then json_transform({{ json }}, '"MAP(VARCHAR,VARCHAR)"')
        when {{ keys }} is not null
            then [
                map(
                    list_sort(list_distinct(pairs['keys'])),
                    [
                        pairs['members'][
                            len(pairs['keys']) + 1 - list_position(list_reverse(pairs['keys']), key)
                        ]
                        for key in list_sort(list_distinct(pairs['keys']))
                    ]
                )
                for pairs in [struct_pack(
                    keys := {{ keys }}, members := try(json_extract_string({{ json }}, '$.*'))
                )]
            ][1]
    end
{%- endmacro %}


{% macro trino__json_map(json_text) -%}
    transform_values(
        try(cast(json_parse({{ mended_json(json_text) }}) as map(varchar, json))),
        (key, value) -> coalesce(
            json_extract_scalar(value, '$'),
            nullif(json_format(value), 'null')
        )
    )
{%- endmacro %}


{% macro athena__json_map(json_text) -%}
    {{ return(trino__json_map(json_text)) }}
{%- endmacro %}
