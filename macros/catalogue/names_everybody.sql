{#-
    names_everybody(json_text)

    Whether a text (rules of a security group, say) names every address, of IPv4 or of IPv6; false
    for a null.
-#}
{% macro names_everybody(json_text) -%}
    (
        coalesce(strpos({{ json_text }}, '"0.0.0.0/0"'), 0) > 0
        or coalesce(strpos({{ json_text }}, '"::/0"'), 0) > 0
    )
{%- endmacro %}
