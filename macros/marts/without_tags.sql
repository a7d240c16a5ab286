{#-
    without_tags(json_text)

    A request or response without the tags it gives, at any depth: objects, lists of keys and
    values, and EC2's sets. A tag may well say the name of another resource.
-#}
{% macro without_tags(json_text) -%}
    {%- set list = '\\[[^\\[\\]]*\\]' -%}
    {{ rewritten(
        json_text,
        '"([Tt]ag|[A-Za-z]+Tag)[A-Za-z]*":(\\{[^{}\\[\\]]*\\}|' ~ list ~ '|\\{"[A-Za-z]+":' ~ list ~ '\\})',
        '"":null'
    ) }}
{%- endmacro %}
