{#-
    opened_json(json_text)

    A JSON text; where it is a string that holds a JSON object or array, as it is, URL-encoded or
    encoded twice, that object or array, compact.
-#}
{% macro opened_json(json_text) -%}
    {{ return(adapter.dispatch('opened_json', 'tarn')(json_text)) }}
{%- endmacro %}


{% macro default__opened_json(json_text) -%}
    {{ exceptions.raise_compiler_error("opened_json: no version for " ~ target.type) }}
{%- endmacro %}


{#- The text that a JSON string holds, read through URL encoding. -#}
{% macro _duckdb_text_in(json_text) -%}
    case
        when json_extract_string({{ json_text }}, '$') like '\%%' escape '\'
            then url_decode(json_extract_string({{ json_text }}, '$'))
        else json_extract_string({{ json_text }}, '$')
    end
{%- endmacro %}


{% macro duckdb__opened_json(json_text) -%}
    {%- set once = _duckdb_text_in(json_text) -%}
    {%- set twice = _duckdb_text_in(once) -%}
    case
        when {{ json_text }} not like '"%' then {{ json_text }}
        when not regexp_matches({{ json_text }}, '^"\s*(\\n|\\t|\\r|\s)*(\{|\[|\\"|%)') then {{ json_text }}
        when try(json_type({{ once }})) in ('OBJECT', 'ARRAY') then cast(json({{ once }}) as varchar)
        when
            try(json_type({{ once }})) = 'VARCHAR'
            and try(json_type({{ twice }})) in ('OBJECT', 'ARRAY')
            then cast(json({{ twice }}) as varchar)
        else {{ json_text }}
    end
{%- endmacro %}


{#- The text that a JSON string holds, read through URL encoding. -#}
{% macro _trino_text_in(json_text) -%}
    case
        when json_extract_scalar({{ json_text }}, '$') like '\%%' escape '\'
            then url_decode(json_extract_scalar({{ json_text }}, '$'))
        else json_extract_scalar({{ json_text }}, '$')
    end
{%- endmacro %}


{% macro trino__opened_json(json_text) -%}
    {%- set once = _trino_text_in(json_text) -%}
    {%- set twice = _trino_text_in(once) -%}
    case
        when {{ json_text }} not like '"%' then {{ json_text }}
        when regexp_like(try(json_format(json_parse({{ once }}))), '^[{\[]')
            then try(json_format(json_parse({{ once }})))
        when regexp_like(try(json_format(json_parse({{ twice }}))), '^[{\[]')
            then try(json_format(json_parse({{ twice }})))
        else {{ json_text }}
    end
{%- endmacro %}


{% macro athena__opened_json(json_text) -%}
    {{ return(trino__opened_json(json_text)) }}
{%- endmacro %}
