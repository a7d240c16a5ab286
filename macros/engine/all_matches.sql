{#-
    all_matches(text, pattern)

    Every part of a text that fits a regular expression, in order: an array of text, empty where
    nothing fits, null for a null text. `pattern` is a Jinja string in the syntax that RE2 and Java
    share (no look-around).
-#}
{% macro all_matches(text, pattern) -%}
    regexp_extract_all({{ text }}, '{{ dbt.escape_single_quotes(pattern) }}')
{%- endmacro %}
