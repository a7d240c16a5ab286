"""The fast way: log files in which every record is just what AWS documents.

msgspec reads a file straight into one object a record, with an attribute a field. Any deviation
(an unknown field, another type, a key or time that is missing) refuses the whole file, which
then goes record by record, see `ingest.formats.reader`. Nested values stay text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any, Final

import msgspec

from ingest.formats.members import SPACED, occurs
from ingest.landing.schema import CLOUDTRAIL_EVENTS, Field, Kind

_TIME_LENGTH: Final = len("2023-07-10T11:58:10Z")
# Without these there is no key, no day, or no telling that it is an event.
_REQUIRED: Final[dict[str, Any]] = {
    "eventVersion": str,
    "eventTime": Annotated[str, msgspec.Meta(min_length=_TIME_LENGTH, max_length=_TIME_LENGTH)],
    "eventID": Annotated[str, msgspec.Meta(min_length=1)],
    "recipientAccountId": Annotated[str, msgspec.Meta(min_length=1)],
}
_TYPES: Final[dict[Kind, Any]] = {
    Kind.STRING: str,
    Kind.BOOLEAN: bool,
    Kind.NUMBER: msgspec.Raw,
    Kind.JSON: msgspec.Raw,
}
_HEAD: Final = re.compile(rb'\s*(?:(?P<log>\{\s*"Records"\s*:)|(?P<array>\[\s*\{)|\{\s*"event)')
_HABITS: Final = 4 * 1024
# The signs of AWS's own form of a time, with the places where they stand in it.
_TIME_SIGNS: Final = ((4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "Z"))
_time_of: Final[Callable[[Any], str]] = attrgetter("event_time")

# The value of a JSON field that a record does not have: its length is 0, as that of no other.
ABSENT: Final = msgspec.Raw()


def _member(field: Field) -> tuple[str, Any] | tuple[str, Any, Any]:
    if field.aws_name in _REQUIRED:
        return field.column, _REQUIRED[field.aws_name]
    kind = _TYPES[field.kind]
    return field.column, kind, ABSENT if kind is msgspec.Raw else None


# gc=False: records hold no cycles, and there are millions of them.
Event: Final = msgspec.defstruct(
    "Event",
    [_member(field) for field in CLOUDTRAIL_EVENTS.fields],
    rename={field.column: field.aws_name for field in CLOUDTRAIL_EVENTS.fields},
    forbid_unknown_fields=True,
    kw_only=True,
    gc=False,
)
_Events: Final[Any] = list[Event]  # type: ignore[valid-type]
_LogFile: Final = msgspec.defstruct(
    "_LogFile", [("Records", _Events)], forbid_unknown_fields=True, gc=False
)
_log_file: Final = msgspec.json.Decoder(_LogFile)
_array: Final = msgspec.json.Decoder(_Events)
_line: Final = msgspec.json.Decoder(Event)


@dataclass(frozen=True, slots=True)
class Events:
    """Records of one object, of which each has a time, and the bytes of JSON they keep in
    memory."""

    records: Sequence[Any]
    size: int


def span_of(records: Sequence[Any]) -> tuple[int, int]:
    """The first and the last moment of some records, in microseconds since 1970, UTC."""
    times = list(map(_time_of, records))
    return _micros(min(times)), _micros(max(times))


def _micros(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp()) * 1_000_000


def read_events(body: bytes) -> Events | None:
    """The records of a log file, a bare array or lines; null where one is not as documented."""
    body = body.strip()
    head = _HEAD.match(body)
    if head is None:
        return None
    if head["log"]:
        return _read(_log_records, body)
    if head["array"]:
        return _read(_array.decode, body)
    return _read(_line.decode_lines, body, lines=True)


def _log_records(body: bytes) -> list[Any]:
    file: Any = _log_file.decode(body)
    records: list[Any] = file.Records
    return records


def read_elements(body: bytes) -> Events | None:
    """The same for the inside of an array: elements with commas between."""
    return _read(_array.decode, b"[%b]" % body)


def _read(
    decode: Callable[[bytes], list[Any]], body: bytes, *, lines: bool = False
) -> Events | None:
    try:
        # msgspec looks at the UTF-8 of the texts it makes, not of those it leaves in place.
        if not body.isascii():
            body.decode()
        if _is_spaced(body, lines):
            if lines:
                return None
            body = msgspec.json.format(body, indent=-1)
        records = decode(body)
        if not _are_times(list(map(_time_of, records))):
            return None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return Events(records, len(body))


def _are_times(times: list[str]) -> bool:
    """Whether each of these texts, which have the length of one, is a time in AWS's own form."""
    text = "".join(times)
    if any(text[place::_TIME_LENGTH].strip(sign) for place, sign in _TIME_SIGNS):
        return False
    try:
        # Many events share a second.
        for time in set(times):
            datetime.fromisoformat(time)
    except ValueError:
        return False
    return True


def _is_spaced(body: bytes, lines: bool) -> bool:
    """Whether there may be spaces between tokens. A file has one writer, so that its beginning
    shows its habits."""
    head = body[:_HABITS]
    if any(occurs(sign, head) for sign in SPACED if not (lines and sign == b"\n")):
        return True
    return not lines and b"\n" in body
