{#-
    words_of(name)

    The words of a name in camel case or with separators, in lower case: `ModifyDBInstance` has
    modify, db and instance. An array of text.
-#}
{% macro words_of(name) -%}
    {%- set parted = rewritten(name, '([A-Z]+)([A-Z][a-z])', '$1 $2') -%}
    {{ return(all_matches(
        "lower(" ~ rewritten(parted, '([a-z0-9])([A-Z])', '$1 $2') ~ ")", '[a-z]+'
    )) }}
{%- endmacro %}
