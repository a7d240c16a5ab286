{#-
    uuid5(namespace, text)

    The name-based UUID of a text (RFC 9562, version 5: SHA-1 of namespace and name), as lower-case
    text; null for a null text. `namespace` is a Jinja string, a UUID. The same key has the same
    id in every run and on every engine.
-#}
{% macro uuid5(namespace, text) -%}
    {{ return(adapter.dispatch('uuid5', 'tarn')(namespace, text)) }}
{%- endmacro %}


{% macro default__uuid5(namespace, text) -%}
    {{ exceptions.raise_compiler_error("uuid5: no version for " ~ target.type) }}
{%- endmacro %}


{#- Puts version and variant into a hash held as hexadecimal text, and the hyphens between. -#}
{% macro _uuid5_of_hash(hash) -%}
    substr({{ hash }}, 1, 8) || '-' || substr({{ hash }}, 9, 4)
    || '-5' || substr({{ hash }}, 14, 3)
    || '-' || substr('89ab89ab89ab89ab', strpos('0123456789abcdef', substr({{ hash }}, 17, 1)), 1)
    || substr({{ hash }}, 18, 3) || '-' || substr({{ hash }}, 21, 12)
{%- endmacro %}


{% macro duckdb__uuid5(namespace, text) -%}
    {%- set namespace_bytes = "unhex('" ~ namespace | replace("-", "") ~ "')" -%}
    {{ return(_uuid5_of_hash("sha1(" ~ namespace_bytes ~ " || encode(" ~ text ~ "))")) }}
{%- endmacro %}


{% macro trino__uuid5(namespace, text) -%}
    {%- set namespace_bytes = "from_hex('" ~ namespace | replace("-", "") ~ "')" -%}
    {%- set hash = "sha1(concat(" ~ namespace_bytes ~ ", to_utf8(" ~ text ~ ")))" -%}
    {{ return(_uuid5_of_hash("lower(to_hex(" ~ hash ~ "))")) }}
{%- endmacro %}


{% macro athena__uuid5(namespace, text) -%}
    {{ return(trino__uuid5(namespace, text)) }}
{%- endmacro %}
