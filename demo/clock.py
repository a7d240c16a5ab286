"""Time as whole milliseconds since 1970 (UTC), and the ways AWS writes it.

Plain integers, because half a million of them are formatted in a benchmark.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EPOCH = date(1970, 1, 1)


def start_of(day: date) -> int:
    """Midnight at the start of `day`."""
    return (day - EPOCH).days * DAY


@lru_cache(maxsize=512)
def day_of(number: int) -> date:
    """The date of a day counted from 1970."""
    return EPOCH + timedelta(days=number)


@lru_cache(maxsize=512)
def _day_text(number: int) -> str:
    return day_of(number).isoformat()


def date_at(moment: int) -> date:
    """The UTC day of a moment."""
    return day_of(moment // DAY)


def iso_seconds(moment: int) -> str:
    """`2026-03-02T09:15:02Z`, as CloudTrail writes eventTime."""
    number, rest = divmod(moment, DAY)
    minutes, seconds = divmod(rest // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{_day_text(number)}T{hours:02d}:{minutes:02d}:{seconds:02d}Z"


def iso_millis(moment: int) -> str:
    """`2026-03-02T09:15:02.123Z`, as Config writes its times."""
    return f"{iso_seconds(moment)[:-1]}.{moment % SECOND:03d}Z"


def compact_minutes(moment: int) -> str:
    """`20260302T0915Z`, as in the name of a log file."""
    text = iso_seconds(moment)
    return text[:16].replace("-", "").replace(":", "") + "Z"


def compact_seconds(moment: int) -> str:
    """`20260302T091502Z`, as in the names of Config and digest files."""
    return iso_seconds(moment).replace("-", "").replace(":", "")


def in_words(moment: int) -> str:
    """`Mar 02, 2026, 9:15:02 AM`, as IAM and STS write dates in a response."""
    when = datetime.fromtimestamp(moment // SECOND, tz=UTC)
    hour = when.hour % 12 or 12
    half = "AM" if when.hour < 12 else "PM"
    day = f"{MONTHS[when.month - 1]} {when.day:02d}, {when.year}"
    return f"{day}, {hour}:{when.minute:02d}:{when.second:02d} {half}"
