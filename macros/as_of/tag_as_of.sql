{#-
    tag_as_of(version, key, moment)

    The value of a tag that a resource had at a moment, text; null where it had none, and where the
    version is not the one of that moment. `version` is an alias of fct_resource_versions, `key` a
    Jinja string, `moment` SQL of a timestamp.
-#}
{% macro tag_as_of(version, key, moment) -%}
    case
        when {{ is_as_of(version, moment) }}
            then {{ element_at(version ~ '.tags', key) }}
    end
{%- endmacro %}
