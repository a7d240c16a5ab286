{#-
    elements_of(json_text)

    The elements of a JSON array as rows of `element` (JSON text), to be cross joined. No rows for
    what is no array.
-#}
{% macro elements_of(json_text) -%}
    {{ return(adapter.dispatch('elements_of', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__elements_of(json_text) -%}
    {{ exceptions.raise_compiler_error("elements_of: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__elements_of(json_text) -%}
    lateral (
        select coalesce(cast(part as varchar), 'null') as element
        from (
            select unnest(
                case
                    when json_type({{ json_text }}) = 'ARRAY'
                        then cast({{ json_text }} as json[])
                end
            ) as part
        )
    )
{%- endmacro %}


{% macro trino__elements_of(json_text) -%}
    lateral (
        select json_format(part) as element
        from unnest(try(cast(json_parse({{ json_text }}) as array(json)))) as parts (part)
    )
{%- endmacro %}


{% macro athena__elements_of(json_text) -%}
    {{ return(trino__elements_of(json_text)) }}
{%- endmacro %}
