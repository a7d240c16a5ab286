{#-
    within(column, since, until, lower='>=', upper='<')

    Whether a timestamp lies in a window: `since` is in it, `until` is not, unless another of
    Lake's four bounds is asked for by name (`lower='>'`, `upper='<='`). `column` is SQL. The ends
    are Jinja strings in the forms of `moment`, or none: that side is open. They become timestamp
    literals here, so that every engine reads the same and can leave out files by them. An end
    written `$since` is a bind parameter, and null, when the query is run, leaves its side open.

    An unreadable end and a window in which nothing can lie are compiler errors.
-#}
{% macro within(column, since, until, lower='>=', upper='<') -%}
    {%- if lower not in (">", ">=") or upper not in ("<", "<=") -%}
        {{ exceptions.raise_compiler_error(
            "within: no bounds '" ~ lower ~ "' and '" ~ upper ~ "', only > or >= and < or <="
        ) }}
    {%- endif -%}
    {%- set moments = [] -%}
    {%- set terms = [] -%}
    {%- for bound, end in [(lower, since), (upper, until)] -%}
        {%- if end is none -%}
        {%- elif modules.re.fullmatch("\\$[a-z_]+", end | string) -%}
            {%- set bound_end = "cast(" ~ end ~ " as timestamp)" -%}
            {%- do terms.append(
                "(" ~ end ~ " is null or " ~ column ~ " " ~ bound ~ " " ~ bound_end ~ ")"
            ) -%}
        {%- else -%}
            {%- do moments.append(moment(end)) -%}
            {%- set literal = moments[-1].strftime("%Y-%m-%d %H:%M:%S.%f") -%}
            {%- do terms.append(column ~ " " ~ bound ~ " timestamp '" ~ literal ~ "'") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set may_be_equal = lower == ">=" and upper == "<=" -%}
    {%- if moments | length == 2 and (
            moments[0] > moments[1] or (moments[0] == moments[1] and not may_be_equal)
        ) -%}
        {{ exceptions.raise_compiler_error(
            "within: nothing lies between " ~ since ~ " (" ~ lower ~ ") and " ~ until ~ " ("
            ~ upper ~ ")"
        ) }}
    {%- endif -%}
    {{ return("(" ~ terms | join(" and ") ~ ")" if terms else "true") }}
{%- endmacro %}
