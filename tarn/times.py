"""Moments as people write them on a command line."""

import re
from datetime import UTC, datetime

_EPOCH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_moment(text: str) -> datetime:
    """A moment in UTC, without zone, from the forms that CloudTrail Lake takes.

    `2022-11-21`, `2022-11-21 00:00:00`, ISO 8601 with or without zone; no zone means UTC.
    Raises ValueError with the forms that are taken.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or not _EPOCH_DAY.match(text.strip()):
        raise ValueError(
            f"'{text}' is no moment: write 2022-11-21, '2022-11-21 08:30:00' or "
            "2022-11-21T08:30:00Z"
        )
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError(f"'{text}' lies outside of the years 1 to 9999 in UTC") from error
