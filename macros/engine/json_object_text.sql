{#-
    json_object_text(members)

    A JSON object as text. `members` is a Jinja dictionary: the key, and SQL that yields JSON text
    (a null becomes JSON's null). The keys stand in the order given.
-#}
{% macro json_object_text(members) -%}
    '{'
    {%- for key, value in members.items() %}
    || '"{{ key }}":' || coalesce({{ value }}, 'null'){{ " || ','" if not loop.last }}
    {%- endfor %}
    || '}'
{%- endmacro %}
