"""Moments as AWS writes them, in microseconds since 1970, UTC."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_ISO: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)?"
    r" ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
# An epoch number from here on counts milliseconds: as seconds it would be the year 5138.
_MILLISECONDS_FROM: Final = Decimal(100_000_000_000)


class _Recorded(msgspec.Struct):
    """A datetime as recorded API answers hold it (botocore's, written by placebo)."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    microsecond: int = 0


_recorded: Final = msgspec.json.Decoder(_Recorded)


def parse_text(text: str) -> int | None:
    """Microseconds of an ISO 8601 moment, null if it is none. Without a zone it is UTC."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC
        )
        micros = (moment - _EPOCH) // _MICROSECOND
    except ValueError:
        return None
    micros += int((fraction or "").ljust(6, "0")[:6])
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
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > 16:
        return None
    scale = 1_000 if abs(number) >= _MILLISECONDS_FROM else 1_000_000
    return _in_range(int(number * scale))


def _offset(zone: str | None) -> int:
    """Microseconds that a zone is ahead of UTC."""
    if zone in (None, "Z", "UTC"):
        return 0
    assert zone is not None
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return (-minutes if zone[0] == "-" else minutes) * 60_000_000


def _in_range(micros: int) -> int | None:
    """The moment, if it lies in the years 1 to 9999."""
    return micros if -62_135_596_800_000_000 <= micros < 253_402_300_800_000_000 else None


def iso(micros: int) -> str:
    """A moment as UTC text with microseconds and `Z`."""
    return (_EPOCH + timedelta(microseconds=micros)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
