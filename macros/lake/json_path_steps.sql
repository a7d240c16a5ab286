{#-
    json_path_steps(path)

    The steps of a Jinja string that holds a path as Trino's JSON functions take it, such as
    `$.tagSet.items[0].key` or `$["x-amz-acl"]`: a Jinja list for `json_path`. What Trino would
    refuse when the query runs (`$.x-amz-acl`) is a compiler error here.
-#}
{% macro json_path_steps(path) -%}
    {%- set step = '\\.([\\w:]+)|\\[(\\w+)\\]|\\["((?:[^"\\\\]|\\\\["\\\\])*)"\\]' -%}
    {%- if not modules.re.fullmatch("\\$(?:" ~ step ~ ")*", path) -%}
        {{ exceptions.raise_compiler_error(
            "'" ~ path ~ "' is no JSON path: write $.name, $[0] or $[\"any-name\"] for each step"
        ) }}
    {%- endif -%}
    {%- set steps = [] -%}
    {%- for found in modules.re.finditer(step, path) -%}
        {%- if found[1] is not none -%}
            {%- do steps.append(found[1]) -%}
        {%- elif found[2] is not none -%}
            {%- do steps.append(found[2] | int if found[2].isdecimal() else found[2]) -%}
        {%- else -%}
            {%- do steps.append(modules.re.sub('\\\\(["\\\\])', '\\1', found[3])) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(steps) }}
{%- endmacro %}
