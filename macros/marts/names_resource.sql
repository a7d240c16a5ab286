{#-
    names_resource(json_text, name)

    Whether a request or response holds the name as a whole JSON string, at any depth. Names of
    resources hold no character that JSON would escape but the slash, which AWS leaves alone.
-#}
{% macro names_resource(json_text, name) -%}
    coalesce(strpos({{ json_text }}, '"' || {{ name }} || '"') > 0, false)
{%- endmacro %}
