{#-
    judged_columns()

    What is remembered of a version that was judged, a list of text columns: its keys, what its
    resource was known by, and a hash over all that its judgement depends on beside events.
-#}
{% macro judged_columns() -%}
    {{ return(["item_key", "resource_key", "names_hash", "version_hash"]) }}
{%- endmacro %}
