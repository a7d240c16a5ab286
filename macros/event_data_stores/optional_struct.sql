{#-
    optional_struct(json_text, path, keys, renamed={})

    The object at `path` (a Jinja list of keys) of a JSON text, as a struct of text: a field for
    each of `keys`, named in lower case or as `renamed` says. Null where there is no such object.
-#}
{% macro optional_struct(json_text, path, keys, renamed={}) -%}
    {%- set fields = [] -%}
    {%- for name in keys -%}
        {%- do fields.append(
            (renamed.get(name, name | lower), 'varchar', json_value_text(json_text, path + [name]))
        ) -%}
    {%- endfor -%}
    case when {{ json_value_text(json_text, path) }} is not null then {{ named_struct(fields) }} end
{%- endmacro %}
