"""Functions of dates, timestamps and their texts."""

from typing import Final

MOMENTS: Final[dict[str, tuple[str, ...]]] = {
    "date": (
        "varchar -> date : lake_date({0}, {at})",
        "date -> date : {0}",
        "timestamp -> date : cast({0} as date)",
        "zoned -> date : cast(lake_local({0}) as date)",
    ),
    "from_unixtime": (
        "double -> zoned : lake_zoned(make_timestamp(cast(round({0} * 1000) as bigint) "
        "* 1000), 'UTC')",
        "double varchar -> zoned : {{'at': make_timestamp(cast(round({0} * 1000) "
        "as bigint) * 1000), 'zone': {1}}}",
    ),
    "to_unixtime": (
        "timestamp -> double : (epoch_us({0}) / 1000000)",
        "zoned -> double : (epoch_us(struct_extract({0}, 'at')) / 1000000)",
    ),
    "from_iso8601_timestamp": ("varchar -> zoned : lake_iso8601({0}, {at})",),
    "from_iso8601_date": ("varchar -> date : lake_date({0}, {at})",),
    "to_iso8601": (
        "date -> varchar : cast({0} as varchar)",
        "timestamp -> varchar : strftime({0}, '%Y-%m-%dT%H:%M:%S.%g')",
        "zoned -> varchar : lake_zoned_iso8601({0})",
    ),
    "at_timezone": ("zoned varchar -> zoned : {{'at': struct_extract({0}, 'at'), 'zone': {1}}}",),
    "with_timezone": ("timestamp varchar -> zoned : lake_zoned({0}, {1})",),
    "last_day_of_month": (
        "date -> date : last_day({0})",
        "timestamp -> date : last_day({0})",
        "zoned -> date : last_day(lake_local({0}))",
    ),
    "to_milliseconds": ("days -> bigint : lake_milliseconds({0})",),
    "current_timezone": ("-> varchar : 'UTC'",),
}

# Functions named for a part of a moment, with DuckDB's name of that part.
PARTS: Final = {
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "week": "week",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
    "week_of_year": "week",
    "day_of_month": "day",
    "day_of_week": "isodow",
    "dow": "isodow",
    "day_of_year": "doy",
    "doy": "doy",
    "year_of_week": "isoyear",
    "yow": "isoyear",
}
