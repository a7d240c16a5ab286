{#-
    utc_timestamp(text)

    The one reader of time: a text as a timestamp without zone, UTC, in microseconds. Null for a
    null, for a moment that does not exist and for any other form than these:

    * `2023-07-10T11:58:10Z`, with a blank for the `T`, with a fraction (cut to microseconds),
      without `Z`, the day alone; an offset such as `+02:00`, `-0500`, `+02`
    * `20230710T115810Z`
    * `Jul 10, 2023 12:23:05 PM`, which stands in the responses of some services
    * seconds since 1970 (9 or 10 digits, with a fraction or not); milliseconds (13 digits)
    * `{"__class__": "datetime", "year": 2023, …}`, which recorded API answers hold
    * `datetime.datetime(2023, 7, 10, 11, 58, 10)`, which somebody printed; its zone is not read

    Whatever ingest can read is read here too, and to the same moment (ingest/formats/times.py).

    No engine's own cast will do: DuckDB's ignores an offset, Trino's takes no `T`.
-#}
{% macro utc_timestamp(text) -%}
    {%- set day = "[0-9]{4}-[0-9]{2}-[0-9]{2}" -%}
    {%- set time = "[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?" -%}
    {%- set words = "[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4},? [0-9]{1,2}(:[0-9]{2}){2}.[AP]M" -%}
    {%- set printed = "datetime[.]datetime[(][0-9]{4}(, [0-9]{1,2}){5}(, [0-9]{1,6})?(, tzinfo=[A-Za-z_]+[(][)])?[)]" -%}
    {%- set offset = "([+-](?:0[0-9]|1[0-8])):?([0-5][0-9])?" -%}
    case
        when {{ matches(text, day ~ "(" ~ time ~ ")?Z?") }}
            then {{ try_timestamp(text) }}
        when {{ matches(text, day ~ time ~ " ?" ~ offset) }}
            then {{ _timestamp_with_offset(text, offset) }}
        when {{ matches(text, "[0-9]{8}T[0-9]{6}Z?") }}
            then {{ try_timestamp(_extended_form(text)) }}
        when {{ matches(text, "[0-9]{9,10}([.][0-9]{1,9})?") }}
            then {{ timestamp_of_micros(_micros_of_seconds(text)) }}
        when {{ matches(text, "[0-9]{13}") }}
            then {{ timestamp_of_micros("cast(" ~ text ~ " as bigint) * 1000") }}
        when {{ matches(text, words) }}
            then {{ timestamp_of_words(_words_of_older_javas(text)) }}
        when {{ matches(text, "\\{.*\"__class__\": ?\"datetime\".*\\}") }}
            then {{ try_timestamp(_extended_form_of_members(text)) }}
        when {{ matches(text, printed) }}
            then {{ try_timestamp(_extended_form_of_printed(text)) }}
    end
{%- endmacro %}
