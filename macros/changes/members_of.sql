{#-
    members_of(json_text)

    The members of a JSON object as rows of `name` and `value` (JSON text), to be cross joined. Of
    equal names one counts. No rows for what is no object.
-#}
{% macro members_of(json_text) -%}
    {{ return(adapter.dispatch('members_of', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__members_of(json_text) -%}
    {{ exceptions.raise_compiler_error("members_of: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__members_of(json_text) -%}
    lateral (
        select
            part['key'] as name,
            coalesce(cast(part['value'] as varchar), 'null') as value
        from (
            select unnest(map_entries(
                case
                    when json_type({{ json_text }}) = 'OBJECT'
                        then json_transform({{ json_text }}, '"MAP(VARCHAR,JSON)"')
                end
            )) as part
        )
    )
{%- endmacro %}


{% macro trino__members_of(json_text) -%}
    lateral (
        select
            name,
            json_format(member) as value
        from unnest(try(cast(json_parse({{ json_text }}) as map(varchar, json)))) as parts (name, member)
    )
{%- endmacro %}


{% macro athena__members_of(json_text) -%}
    {{ return(trino__members_of(json_text)) }}
{%- endmacro %}
