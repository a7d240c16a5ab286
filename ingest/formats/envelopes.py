"""What records come wrapped in, and what holds none.

CloudTrail User Guide, "CloudTrail log file examples" and "LookupEvents"; AWS Config Developer
Guide, "Notifications that AWS Config sends" and "Example events for rules"; EventBridge's
`detail`; SNS's `Message`; the `logEvents` that CloudWatch Logs hands on.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.formats.members import NotJsonError, compact, elements
from ingest.formats.records import (
    RejectedError,
    Row,
    event_row,
    item_row,
    looks_like_event,
    looks_like_item,
    record_members,
    scalar,
)
from ingest.landing.schema import CONFIGURATION_ITEMS
from ingest.problems import Reason

# Arrays of records, by the key they stand under.
LISTS: Final = (
    "Records",
    "configurationItems",
    "baseConfigurationItems",
    "Events",
    "Results",
    "logEvents",
)
# Objects that wrap one thing, and texts that hold JSON.
_OBJECTS: Final = ("configurationItem", "detail", "data", "Sns")
_TEXTS: Final = ("invokingEvent", "CloudTrailEvent", "Message", "message", "body")
_ITEMS: Final = frozenset(
    {"configurationItem", "configurationItems", "baseConfigurationItems", "Results"}
)
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece that could not be taken, and why."""

    reason: Reason
    detail: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Recognized:
    """Something that AWS delivers and that holds no record: a digest, a notification."""

    what: str


Found = Row | Rejected | Recognized


def unwrap(raw: bytes, inside: str | None = None, depth: int = 0) -> Iterator[Found]:
    """Every record in a JSON text, out of whatever envelopes. `inside` is the key of the list
    or object it stands in."""
    raw = compact(raw.strip())
    try:
        if depth > _DEEPEST:
            raise RejectedError(Reason.WRONG_SHAPE, "envelopes within envelopes within envelopes")
        if raw[:1] == b"[":
            for element in _elements(raw):
                if not element.strip(b"[] \t\r\n"):
                    detail = "an empty list stands where a record should"
                    yield Rejected(Reason.WRONG_SHAPE, detail, element)
                    continue
                yield from unwrap(element, inside, depth + 1)
        elif raw[:1] == b'"' and inside == "Results":
            yield from unwrap(_text(raw.decode()), inside, depth + 1)
        else:
            yield from _unwrap_object(record_members(raw), inside, depth + 1)
    except RejectedError as error:
        yield Rejected(error.reason, error.detail, raw)
    except RecursionError:
        yield Rejected(Reason.TOO_LARGE, "it is nested too deeply to be read", raw)


def _unwrap_object(record: Mapping[str, str], inside: str | None, depth: int) -> Iterator[Found]:
    if looks_like_event(record):
        yield event_row(record)
    elif looks_like_item(record) or inside in _ITEMS:
        yield item_row(record, CONFIGURATION_ITEMS)
    elif wrapped := [key for key in LISTS if record.get(key, "")[:1] == "["]:
        for key in wrapped:
            yield from unwrap(record[key].encode(), key, depth)
    elif wrapped := [key for key in _OBJECTS if record.get(key, "")[:1] == "{"]:
        yield from unwrap(record[wrapped[0]].encode(), wrapped[0], depth)
    elif wrapped := [key for key in _TEXTS if record.get(key, "")[:1] == '"']:
        yield from unwrap(_text(record[wrapped[0]]), wrapped[0], depth)
    elif what := _recognize(record):
        yield Recognized(what)
    elif "resourceType" in record:
        yield item_row(record, CONFIGURATION_ITEMS)
    elif wrapped := [key for key, value in record.items() if _lists_records(value)]:
        for key in wrapped:
            yield from unwrap(record[key].encode(), key, depth)
    else:
        raise RejectedError(
            Reason.WRONG_SHAPE, "it is neither a CloudTrail record nor a configuration item"
        )


def _lists_records(value: str) -> bool:
    """Whether a value under a key nobody knows is a list of records all the same."""
    if not value.startswith("[{"):
        return False
    first = record_members(_elements(value.encode())[0])
    return looks_like_event(first) or looks_like_item(first)


def _recognize(record: Mapping[str, str]) -> str | None:
    """What an object is that AWS delivers beside records, null if it is none of them."""
    if "digestS3Object" in record and "logFiles" in record:
        return "CloudTrail digest file"
    if "messageType" in record:
        return scalar(record, "messageType") or "notification"
    if "s3" in record and scalar(record, "eventSource") == "aws:s3":
        return "S3 event notification"
    if "s3ObjectKey" in record and "s3Bucket" in record:
        return "CloudTrail delivery notification"
    if scalar(record, "Type") in ("SubscriptionConfirmation", "UnsubscribeConfirmation"):
        return "SNS confirmation"
    return None


def _elements(raw: bytes) -> list[bytes]:
    try:
        return elements(raw)
    except NotJsonError as error:
        raise RejectedError(Reason.NOT_JSON, str(error)) from None


def _text(sent: str) -> bytes:
    """The JSON that a JSON text holds."""
    return str(json.loads(sent)).encode("utf-8", "surrogatepass")
