{#-
    json_document(text)

    A text as a part of a JSON document: an object or array held as JSON text stays as it came, any
    other text becomes a JSON string; null for a null text. Escapes of half a character go, as in
    `mended_json`. What comes back is always JSON: Config may send a configuration that is none.
-#}
{% macro json_document(text) -%}
    case
        when
            substr(trim({{ text }}), 1, 1) in ('{', '[')
            and {{ json_parse(text) }} is not null
            then {{ mended_json(text) }}
        else {{ json_text(text) }}
    end
{%- endmacro %}
