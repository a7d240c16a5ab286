{#-
    asked_for(columns, parameter, by='equality')

    Whether a row is one that a parameter of the query asks for: true where it asks for nothing,
    else where one of the columns equals it; `by='part'`: where one holds it as a part, in upper or
    lower case. `columns` is SQL, or a list of it; `parameter` a name as for `argument`.
-#}
{% macro asked_for(columns, parameter, by='equality') -%}
    {%- if by not in ("equality", "part") -%}
        {{ exceptions.raise_compiler_error("asked_for: by equality or by part, not by '" ~ by ~ "'") }}
    {%- endif -%}
    {%- set asked = argument(parameter) -%}
    {%- set terms = [asked ~ " is null"] -%}
    {%- for column in ([columns] if columns is string else columns) -%}
        {%- if by == "equality" -%}
            {%- do terms.append(column ~ " = " ~ asked) -%}
        {%- else -%}
            {%- do terms.append("strpos(lower(" ~ column ~ "), lower(" ~ asked ~ ")) > 0") -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return("(" ~ terms | join(" or ") ~ ")") }}
{%- endmacro %}
