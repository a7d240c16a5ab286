{#-
    The forms of time that `utc_timestamp` puts into another form before an engine reads them.
    Each is called only for a text that is known to be of that form.
-#}
{% macro _timestamp_with_offset(text, offset) -%}
    {%- set sign_and_hours = "regexp_extract(" ~ text ~ ", '" ~ offset ~ "$', 1)" -%}
    {%- set minutes = "coalesce(regexp_extract(" ~ text ~ ", '" ~ offset ~ "$', 2), '')" -%}
    {{ try_timestamp(rewritten(text, " ?" ~ offset ~ "$", "")) }}
    - (
        cast({{ sign_and_hours }} as bigint) * 60
        + cast(substr({{ sign_and_hours }}, 1, 1) || '0' || {{ minutes }} as bigint)
    ) * interval '1' minute
{%- endmacro %}


{% macro _extended_form(text) -%}
    {{ return(rewritten(text, "^(....)(..)(..)T(..)(..)(..)Z?$", "$1-$2-$3 $4:$5:$6")) }}
{%- endmacro %}


{#- Six digits after the point, which goes: what is wanting is written behind, the rest cut off. -#}
{% macro _micros_of_seconds(text) -%}
    {%- set seconds_and_micros = "^([0-9]{9,10})[.]?([0-9]{6})[0-9]*$" -%}
    {%- set digits = rewritten(text ~ " || '000000'", seconds_and_micros, "$1$2") -%}
    {{ return("cast(" ~ digits ~ " as bigint)") }}
{%- endmacro %}


{#- Newer Javas write a comma after the year, and a narrow no-break space before AM and PM. -#}
{% macro _words_of_older_javas(text) -%}
    {{ return(rewritten(text, "([0-9]{4}),? ([0-9:]+).([AP]M)", "$1 $2 $3")) }}
{%- endmacro %}


{% macro _extended_form_of_members(text) -%}
    {%- set member = {} -%}
    {%- for name in ["year", "month", "day", "hour", "minute", "second", "microsecond"] -%}
        {%- do member.update({
            name: "coalesce(regexp_extract(" ~ text ~ ", '\"" ~ name ~ "\": ?([0-9]+)', 1), '')"
        }) -%}
    {%- endfor -%}
    {{ member.year }} || '-' || {{ member.month }} || '-' || {{ member.day }}
    || ' ' || {{ member.hour }} || ':' || {{ member.minute }} || ':' || {{ member.second }}
    || '.' || lpad({{ member.microsecond }}, 6, '0')
{%- endmacro %}


{#- Microseconds are a number there, not a fraction, hence the zeros before them. -#}
{% macro _extended_form_of_printed(text) -%}
    {%- set number = "([0-9]+)" -%}
    {%- set pattern = "[(]" ~ ([number] * 6) | join(", ") ~ "(?:, " ~ number ~ ")?" -%}
    {%- set part = [] -%}
    {%- for place in range(1, 8) -%}
        {%- do part.append("coalesce(regexp_extract(" ~ text ~ ", '" ~ pattern ~ "', " ~ place ~ "), '')") -%}
    {%- endfor -%}
    {{ part[:3] | join(" || '-' || ") }} || ' ' || {{ part[3:6] | join(" || ':' || ") }}
    || '.' || lpad({{ part[6] }}, 6, '0')
{%- endmacro %}
