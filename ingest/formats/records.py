"""One record made a row: every field in its column, so that the record can be rebuilt.

The contract is `ingest.landing.schema`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from ingest.formats import times
from ingest.formats.members import NotJsonError, members
from ingest.landing.schema import CLOUDTRAIL_EVENTS, Category, Field, Kind
from ingest.problems import Reason

NULL: Final = "null"
LITERAL: Final = "literal"

_TYPES: Final = {'"': "string", "{": "json", "[": "json", "t": "boolean", "f": "boolean", "n": NULL}
_EVENT_SIGNS: Final = ("eventVersion", "eventTime", "eventID", "eventName", "eventSource")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_AGGREGATED: Final = frozenset({'"Aggregated"', '"AwsAggregatedEvent"'})


class RejectedError(Exception):
    """A record that cannot be landed, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is landed: the texts of its columns, in the order of the schema, with
    `_unknown_fields` and `_as_sent` last; its key; its moment in microseconds."""

    category: Category
    key: str
    texts: tuple[str | None, ...]
    moment: int


def looks_like_event(record: Mapping[str, object]) -> bool:
    """Whether the members are those of a CloudTrail record, of whatever version."""
    # Members come as JSON texts, or decoded where a damaged file is searched for records.
    if str(record.get("eventSource")).startswith(('"aws:', "aws:")):
        return False  # an S3 event notification has the same field names
    return sum(sign in record for sign in _EVENT_SIGNS) >= 2 or is_aggregated(record)


def looks_like_item(record: Mapping[str, str]) -> bool:
    """Whether the members are those of a configuration item, in either dialect."""
    return "resourceType" in record and "configurationItemCaptureTime" in record


def is_aggregated(record: Mapping[str, object]) -> bool:
    """Whether it is a summary of five minutes rather than an event (CloudTrail, 2025)."""
    return record.get("eventCategory") in _AGGREGATED or record.get("eventType") in _AGGREGATED


def event_row(record: Mapping[str, str]) -> Row:
    """The row of a CloudTrail record. Raises RejectedError."""
    if is_aggregated(record):
        raise RejectedError(Reason.UNSUPPORTED_CATEGORY, "an aggregated event sums up many")
    if not looks_like_event(record):
        raise RejectedError(Reason.WRONG_SHAPE, "it has none of a CloudTrail record's fields")
    moment = _moment(record, CLOUDTRAIL_EVENTS)
    texts = _texts(record, CLOUDTRAIL_EVENTS)
    return Row(CLOUDTRAIL_EVENTS, event_key(record), texts, moment)


def event_key(record: Mapping[str, str]) -> str:
    """Recipient account and event id; where one is missing, as in old versions, a hash."""
    account = scalar(record, "recipientAccountId")
    event_id = scalar(record, "eventID")
    key = f"{account}:{event_id}"
    if account and event_id and not _SURROGATE.search(key):
        return key
    return f"sha256:{canonical_hash(record)}"


def _moment(record: Mapping[str, str], category: Category) -> int:
    sent = record.get(category.time_field)
    if sent is None:
        raise RejectedError(Reason.MISSING_TIME, f"it has no {category.time_field}")
    moment = times.parse_json(sent)
    if moment is None:
        detail = f"its {category.time_field} is no time: {sent[:80]}"
        raise RejectedError(Reason.MISSING_TIME, detail)
    return moment


def item_row(record: Mapping[str, str], category: Category) -> Row:
    """The row of a configuration item. Raises RejectedError."""
    account = scalar(record, "awsAccountId") or scalar(record, "accountId")
    resource_type = scalar(record, "resourceType")
    resource_id = scalar(record, "resourceId")
    named = {"account": account, "resourceType": resource_type, "resourceId": resource_id}
    missing = [name for name, value in named.items() if not value]
    if missing:
        raise RejectedError(Reason.WRONG_SHAPE, f"an item without {' and '.join(missing)}")
    moment = _moment(record, category)
    state = (
        scalar(record, "configurationStateId")
        or scalar(record, "configurationItemStateId")
        or scalar(record, "configurationStateID")
        or f"sha256:{canonical_hash(record)}"
    )
    region = scalar(record, "awsRegion") or None
    parts = [account, region, resource_type, resource_id, times.iso(moment), state]
    return Row(category, _compact(parts), _texts(record, category), moment)


def scalar(record: Mapping[str, str], name: str) -> str:
    """A field's value as text, empty where it is absent, null or nested."""
    sent = record.get(name, NULL)
    kind = _TYPES.get(sent[:1], "number")
    if kind == "string":
        return str(json.loads(sent))
    return "" if kind in (NULL, "json") else sent


def _texts(record: Mapping[str, str], category: Category) -> tuple[str | None, ...]:
    """The columns, `_unknown_fields` and `_as_sent`."""
    texts: list[str | None] = []
    as_sent: dict[str, str] = {}
    known = 0
    for field in category.fields:
        sent = record.get(field.aws_name)
        if sent is None:
            texts.append(None)
            continue
        known += 1
        text, tag = column_text(field, sent)
        texts.append(text)
        if tag is not None:
            as_sent[field.aws_name] = tag
    unknown = None if known == len(record) else _unknown_fields(record, category)
    return (*texts, unknown, _compact(as_sent) if as_sent else None)


def column_text(field: Field, sent: str) -> tuple[str | None, str | None]:
    """What a column holds for a value's JSON text, and its tag in `_as_sent` if it needs one."""
    kind = _TYPES.get(sent[0], "number")
    if kind == NULL:
        return None, NULL
    if kind != "string":
        return sent, None if kind == field.kind else kind
    try:
        text = msgspec.json.decode(sent, type=str)
    except msgspec.DecodeError:
        return sent, LITERAL
    return text, None if field.kind is Kind.STRING else kind


def _unknown_fields(record: Mapping[str, str], category: Category) -> str:
    documented = {field.aws_name for field in category.fields}
    unknown = (
        f"{_compact(name)}:{sent}" for name, sent in record.items() if name not in documented
    )
    return "{" + ",".join(unknown) + "}"


def _compact(value: Any) -> str:
    """Compact JSON text; lone surrogates escaped, which no UTF-8 can hold."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))


def canonical_hash(record: Mapping[str, str]) -> str:
    """The SHA-256 of a record, the same for any order of keys and any spacing."""
    digest = hashlib.sha256()
    for name in sorted(record):
        value = json.loads(record[name], parse_int=_number, parse_float=_number)
        text = json.dumps([name, value], sort_keys=True, separators=(",", ":"))
        digest.update(text.encode())
    return digest.hexdigest()


def _number(text: str) -> dict[str, str]:
    """A number by its text, which is exact, in a form that no text has."""
    return {"\0number": text}


def record_members(raw: bytes) -> dict[str, str]:
    """The members of a record. Raises RejectedError where it is none, RecursionError where it is
    nested too deeply."""
    try:
        return members(raw)
    except NotJsonError as error:
        reason = Reason.WRONG_SHAPE if raw[:1] != b"{" else Reason.NOT_JSON
        raise RejectedError(reason, str(error)) from None
    except UnicodeDecodeError as error:
        raise RejectedError(Reason.NOT_JSON, f"no UTF-8: {error.reason}") from None
