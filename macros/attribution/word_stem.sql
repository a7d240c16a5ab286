{#-
    word_stem(word)

    A word in lower case without the endings by which a call's name and a property's differ:
    policies and policy, encryption and encrypted, versioning and version.
-#}
{% macro word_stem(word) -%}
    {{ return(rewritten(rewritten(word, 'tion$', 't'), '(ies|ment|ing|ed|es|e|y|s)$', '')) }}
{%- endmacro %}
