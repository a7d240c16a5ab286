{#-
    member_path(path, area, name)

    The path of an object's member: its name behind a dot, or in brackets and quotes where it has
    other characters than letters, digits, `_` and `-`. A tag's path is its key as it is.
-#}
{% macro member_path(path, area, name) -%}
    {{ path }} || case when {{ path }} = '' then '' else '.' end || case
        when {{ area }} = 'tags' or {{ matches(name, '[A-Za-z0-9_-]+') }} then {{ name }}
        else '[' || {{ json_text(name) }} || ']'
    end
{%- endmacro %}
