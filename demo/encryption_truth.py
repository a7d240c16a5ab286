"""Who changed which bucket's default encryption, when, from what to what.

A row for each delivered, successful PutBucketEncryption or DeleteBucketEncryption,
and for each item that shows another encryption than the item before it without
such an event:

`event_id` (null: without event), `bucket_name`, `account_id`, `aws_region`,
`changed_at` (event time, or capture time without event), `change_type`,
`actor_arn`, `algorithm_before`, `algorithm_after`, `kms_key_before`,
`kms_key_after`, `captured_at`, `requested_algorithm`, `requested_kms_key`.

- before: the true state just before the event, where a delivered item of this
  life of the bucket or an earlier delivered event on it tells; else null.
- after and `captured_at`: the first item at or after the event that shows what it
  asked for, captured before the bucket's next event that asks for something
  else; null where no item does. For `unchanged`, after is before and
  `captured_at` is null.
- `change_type`: `set` where before is null, `unchanged` where the same was asked
  for again, `reset_to_default` for a delete that changes something and for an item
  without event that goes to AES256, else `changed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from demo.clock import iso_millis, iso_seconds
from demo.items import S3_DEFAULT, Encryption

Life = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class EncryptionEvent:
    """A successful Put- or DeleteBucketEncryption."""

    event_id: str
    is_delivered: bool
    bucket_name: str
    account_id: str
    aws_region: str
    life: int
    moment: int
    actor_arn: str | None
    requested: Encryption
    is_reset: bool


@dataclass(frozen=True, slots=True)
class EncryptionItem:
    """What an item says about a bucket's encryption."""

    bucket_name: str
    account_id: str
    aws_region: str
    life: int
    captured_at: int
    encryption: Encryption


def changes(
    events: Sequence[EncryptionEvent], items: Sequence[EncryptionItem]
) -> list[dict[str, Any]]:
    """The expected rows, ordered by time and bucket."""
    events_of: defaultdict[Life, list[EncryptionEvent]] = defaultdict(list)
    items_of: defaultdict[Life, list[EncryptionItem]] = defaultdict(list)
    for event in events:
        events_of[(event.account_id, event.bucket_name, event.life)].append(event)
    for item in items:
        items_of[(item.account_id, item.bucket_name, item.life)].append(item)
    rows: list[dict[str, Any]] = []
    for life in sorted({*events_of, *items_of}):
        rows += _with_event(events_of[life], items_of[life])
        rows += _without_event(events_of[life], items_of[life])
    return sorted(rows, key=lambda row: (row["changed_at"], row["bucket_name"]))


def _with_event(events: list[EncryptionEvent], items: list[EncryptionItem]) -> list[dict[str, Any]]:
    rows = []
    true_state = _first_state(events, items)
    is_told = False
    for number, event in enumerate(events):
        is_known = is_told or any(item.captured_at <= event.moment for item in items)
        before = true_state if is_known else None
        if event.is_delivered:
            rows.append(_event_row(event, before, _shown(event, events[number + 1 :], items)))
            is_told = True
        true_state = event.requested
    return rows


def _first_state(events: list[EncryptionEvent], items: list[EncryptionItem]) -> Encryption:
    """The state before the first event: new buckets have S3's default, old ones are seen."""
    if items and (not events or items[0].captured_at <= events[0].moment):
        return items[0].encryption
    return S3_DEFAULT


def _shown(
    event: EncryptionEvent, later: list[EncryptionEvent], items: list[EncryptionItem]
) -> EncryptionItem | None:
    others = (one.moment for one in later if one.requested != event.requested)
    until = next(others, None)
    for item in items:
        is_in_time = event.moment <= item.captured_at and (
            until is None or item.captured_at < until
        )
        if is_in_time and item.encryption == event.requested:
            return item
    return None


def _event_row(
    event: EncryptionEvent, before: Encryption | None, item: EncryptionItem | None
) -> dict[str, Any]:
    after = item.encryption if item is not None else None
    if before is None:
        kind = "set"
    elif before == event.requested:
        kind, after, item = "unchanged", before, None
    else:
        kind = "reset_to_default" if event.is_reset else "changed"
    return {
        "event_id": event.event_id,
        "bucket_name": event.bucket_name,
        "account_id": event.account_id,
        "aws_region": event.aws_region,
        "changed_at": iso_seconds(event.moment),
        "change_type": kind,
        "actor_arn": event.actor_arn,
        **_both(before, after),
        "captured_at": iso_millis(item.captured_at) if item is not None else None,
        "requested_algorithm": event.requested.algorithm,
        "requested_kms_key": event.requested.kms_key,
    }


def _without_event(
    events: list[EncryptionEvent], items: list[EncryptionItem]
) -> list[dict[str, Any]]:
    rows = []
    for before, item in pairwise(items):
        if item.encryption == before.encryption or _is_explained(before, item, events):
            continue
        is_reset = item.encryption == S3_DEFAULT
        rows.append(
            {
                "event_id": None,
                "bucket_name": item.bucket_name,
                "account_id": item.account_id,
                "aws_region": item.aws_region,
                "changed_at": iso_millis(item.captured_at),
                "change_type": "reset_to_default" if is_reset else "changed",
                "actor_arn": None,
                **_both(before.encryption, item.encryption),
                "captured_at": iso_millis(item.captured_at),
                "requested_algorithm": None,
                "requested_kms_key": None,
            }
        )
    return rows


def _is_explained(
    before: EncryptionItem, item: EncryptionItem, events: list[EncryptionEvent]
) -> bool:
    return any(
        event.is_delivered
        and before.captured_at < event.moment <= item.captured_at
        and event.requested == item.encryption
        for event in events
    )


def _both(before: Encryption | None, after: Encryption | None) -> dict[str, str | None]:
    return {
        "algorithm_before": before.algorithm if before else None,
        "algorithm_after": after.algorithm if after else None,
        "kms_key_before": before.kms_key if before else None,
        "kms_key_after": after.kms_key if after else None,
    }
