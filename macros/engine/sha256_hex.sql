{#-
    sha256_hex(text)

    The SHA-256 of a text's UTF-8 bytes as lower-case hexadecimal text; null for a null text.
-#}
{% macro sha256_hex(text) -%}
    {{ return(adapter.dispatch('sha256_hex', 'tarn')(text)) }}
{%- endmacro %}


{% macro default__sha256_hex(text) -%}
    {{ exceptions.raise_compiler_error("sha256_hex: no version for " ~ target.type) }}
{%- endmacro %}


{% macro duckdb__sha256_hex(text) -%}
    sha256({{ text }})
{%- endmacro %}


{% macro trino__sha256_hex(text) -%}
    lower(to_hex(sha256(to_utf8({{ text }}))))
{%- endmacro %}


{% macro athena__sha256_hex(text) -%}
    {{ return(trino__sha256_hex(text)) }}
{%- endmacro %}
