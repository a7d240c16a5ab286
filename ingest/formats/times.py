"""Moments as AWS writes them, in microseconds since 1970, UTC.

What is read here is read by the macro `utc_timestamp` too, and to the same moment: a record that
lands under a day must not lose its time in staging.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.](\d{1,9}))?"
    r"(Z| ?[+-](?:0\d|1[0-8])(?::?[0-5]\d)?)?",
    re.ASCII,
)
_BASIC: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)()(Z?)", re.ASCII)
# Python's own form, in items that somebody printed; its zone is a name at best, so UTC is taken.
_PRINTED: Final = re.compile(
    r"datetime\.datetime\((\d{4}), (\d\d?), (\d\d?), (\d\d?), (\d\d?), (\d\d?)"
    r"(?:, (\d{1,6}))?(?:, tzinfo=\w+\(\))?\)",
    re.ASCII,
)
_SECONDS: Final = re.compile(r"\d{9,10}(?:\.\d{1,9})?", re.ASCII)
_MILLISECONDS: Final = re.compile(r"\d{13}", re.ASCII)


class _Recorded(msgspec.Struct):
    """A datetime as recorded API answers hold it (botocore's, written by placebo)."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    microsecond: int


_recorded: Final = msgspec.json.Decoder(_Recorded)


def parse_text(text: str) -> int | None:
    """Microseconds of a moment in one of the forms above, null if it is none; no zone means UTC."""
    if _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text):
        return _parse_number(text)
    printed = _PRINTED.fullmatch(text)
    found = printed or _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction = found.groups()[:7]
    zone = None if printed else found[8]
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
        micros = (moment - _EPOCH) // _MICROSECOND
    except ValueError:
        return None
    # Python prints microseconds as a number, ISO 8601 as a fraction.
    micros += int(fraction or 0) if printed else int((fraction or "").ljust(6, "0")[:6])
    return _in_range(micros - _offset(zone))


def parse_json(raw: str) -> int | None:
    """Microseconds of a moment given as JSON text: a string, an epoch number or an object."""
    head = raw[:1]
    try:
        if head == '"':
            return parse_text(msgspec.json.decode(raw, type=str))
        if head == "{":
            parts = _recorded.decode(raw)
            moment = datetime(
                parts.year,
                parts.month,
                parts.day,
                parts.hour,
                parts.minute,
                parts.second,
                parts.microsecond,
                tzinfo=UTC,
            )
            return (moment - _EPOCH) // _MICROSECOND
        return _parse_number(raw)
    except (msgspec.MsgspecError, ValueError, OverflowError):
        return None


def _parse_number(raw: str) -> int | None:
    if _MILLISECONDS.fullmatch(raw):
        return _in_range(int(raw) * 1_000)
    if _SECONDS.fullmatch(raw):
        return _in_range(int(Decimal(raw) * 1_000_000))
    return None


def _offset(zone: str | None) -> int:
    """Microseconds that a zone is ahead of UTC."""
    if not zone or zone == "Z":
        return 0
    zone = zone.strip()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return (-minutes if zone[0] == "-" else minutes) * 60_000_000


def _in_range(micros: int) -> int | None:
    """The moment, if it lies in the years 1 to 9999."""
    return micros if -62_135_596_800_000_000 <= micros < 253_402_300_800_000_000 else None


def iso(micros: int) -> str:
    """A moment as UTC text with microseconds and `Z`."""
    return (_EPOCH + timedelta(microseconds=micros)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
