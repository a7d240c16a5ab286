"""The fast way: log files in which every record is just what AWS documents.

msgspec reads a file straight into one object a record, with an attribute a field. Any deviation
(an unknown field, another type, a key or time that is missing) refuses the whole file, which
then goes record by record, see `ingest.formats.reader`. Nested values stay text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import pyarrow as pa

from ingest.formats.members import SPACED, occurs
from ingest.landing.schema import CLOUDTRAIL_EVENTS, Field, Kind

# Without these there is no key, no day, or no telling that it is an event.
_REQUIRED: Final = frozenset({"eventVersion", "eventTime", "eventID", "recipientAccountId"})
_TYPES: Final[dict[Kind, Any]] = {
    Kind.STRING: str,
    Kind.BOOLEAN: bool,
    Kind.NUMBER: msgspec.Raw,
    Kind.JSON: msgspec.Raw,
}
_HEAD: Final = re.compile(rb'\s*(?:(?P<log>\{\s*"Records"\s*:)|(?P<array>\[\s*\{)|\{\s*"event)')
_HABITS: Final = 16 * 1024
_TIME_LENGTH: Final = len("2023-07-10T11:58:10Z")
_FIRST_YEAR: Final = "0001"
_TIME: Final = pa.timestamp("us", tz="UTC")


def _member(field: Field) -> tuple[str, Any] | tuple[str, Any, None]:
    if field.aws_name in _REQUIRED:
        return field.column, _TYPES[field.kind]
    return field.column, _TYPES[field.kind], None


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
    """Records of one object with their moments (timestamps in UTC), none of which is null, and
    the bytes of JSON they keep in memory."""

    records: Sequence[Any]
    moments: pa.Array
    size: int


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
        moments = pa.array([record.event_time for record in records], pa.string()).cast(_TIME)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, pa.ArrowInvalid):
        return None
    # Times in AWS's own form only: pyarrow reads forms, and years, that nothing else here does.
    if not all(
        record.event_id
        and record.recipient_account_id
        and len(record.event_time) == _TIME_LENGTH
        and record.event_time[-1] == "Z"
        and record.event_time >= _FIRST_YEAR
        for record in records
    ):
        return None
    return Events(records, moments, len(body))


def _is_spaced(body: bytes, lines: bool) -> bool:
    """Whether there may be spaces between tokens. A file has one writer, so that its beginning
    shows its habits."""
    head = body[:_HABITS]
    if any(occurs(sign, head) for sign in SPACED if not (lines and sign == b"\n")):
        return True
    return not lines and b"\n" in body
