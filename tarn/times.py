"""Moments as people write them on a command line."""

import re
from datetime import UTC, datetime

# What may stand around a moment in SQL, and the zone that ISO 8601 writes Z.
_LITERAL = re.compile(r"""(?:timestamp\s*)?(['"]?)(?P<moment>.*?)(?P<utc>\s?utc)?\1""", re.I)
_BEGINS_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_moment(text: str) -> datetime:
    """A moment in UTC, without zone, from the forms that CloudTrail Lake takes.

    `2022-11-21`, `2022-11-21 00:00:00`, ISO 8601 with or without zone, ` UTC` behind, each also as
    `timestamp '…'`; no zone means UTC. Raises ValueError with the forms that are taken.
    """
    literal = _LITERAL.fullmatch(text.strip())
    try:
        written = literal["moment"] + ("Z" if literal["utc"] else "") if literal else ""
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or not _BEGINS_WITH_DAY.match(written):
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
