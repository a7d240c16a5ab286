{#-
    moment(literal)

    A Jinja datetime, UTC without zone, of a moment written as Lake takes it: `2022-11-21`,
    `2022-11-21 00:00:00`, with a fraction, ISO 8601 with `T`, with `Z` or an offset (none means
    UTC), and each of them as `timestamp '…'`. Anything else, and a day that does not exist, is a
    compiler error that names it.
-#}
{% macro moment(literal) -%}
    {%- set form = "(?:timestamp\\s*)?(['\"]?)([1-9]\\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
        ~ "(?:[T ]([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,9}))?)?"
        ~ "\\s?(?:(Z|UTC)|([+-])(0\\d|1[0-8])(?::?([0-5]\\d))?)?)?\\1" -%}
    {%- set found = modules.re.fullmatch(form, literal | string | trim, modules.re.IGNORECASE) -%}
    {%- if not found -%}
        {{ _no_moment(literal) }}
    {%- endif -%}
    {%- set year, month, day = found[2] | int, found[3] | int, found[4] | int -%}
    {%- set is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
    {%- set last_days = [31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] -%}
    {%- if day > last_days[month - 1] -%}
        {{ _no_moment(literal) }}
    {%- endif -%}
    {%- set micros = ((found[8] or "") ~ "000000")[:6] | int -%}
    {%- set wall_time = modules.datetime.datetime(
        year, month, day, found[5] | int, found[6] | int, found[7] | int, micros
    ) -%}
    {%- set offset = (found[11] | int) * 60 + (found[12] | int) -%}
    {{ return(wall_time - modules.datetime.timedelta(
        minutes=-offset if found[10] == "-" else offset
    )) }}
{%- endmacro %}


{% macro _no_moment(literal) -%}
    {{ exceptions.raise_compiler_error(
        "'" ~ literal ~ "' is no moment: write 2022-11-21, '2022-11-21 00:00:00' or ISO 8601"
    ) }}
{%- endmacro %}
