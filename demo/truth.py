"""The truth about a simulation: what a tool that reads the deliveries should find.

`truth.json` is one JSON object, read by tests and by no product code. Times are
ISO 8601 in UTC: event times in seconds, capture times in milliseconds.

`options`
    What the simulation was made with.
`counts`
    `events_simulated`: calls that were made, addenda not counted.
    `event_records_delivered`: records a reader can take out of all log files,
    copies and addenda counted each time. The truncated file counts nothing.
    `distinct_events_delivered`: different eventIDs among them, addenda not
    counted; `distinct_event_ids_delivered`: addenda counted.
    `event_records_lost`: records delivered only in a form nobody can read.
    `configuration_items_delivered`, `distinct_items`: records and item states,
    the truncated snapshot not counted.
    `cloudtrail_files`, `digest_files`, `config_files`, `broken_files`.
    `insight_records_delivered`, `insight_files`: Insights, not counted above.
`items`
    A row for each item state: `account_id`, `aws_region`, `resource_type`,
    `resource_id`, `resource_name`, `captured_at`, `state_id`, `change_kind`
    (`first_sight`: made before the period, `created`, `modified`, `deleted`,
    `recreated`: a new life under an old id, `relationship_only`, `tags_only`:
    tags and the places of the configuration that repeat them, `repeat`: an
    unchanged state captured anew, also with its arrays in another order,
    `volatile_only`: nothing but what AWS rewrites by itself), `caused_by` (ids of
    the delivered events that changed something it shows otherwise than the item
    before; a neighbour's events where relationships changed or it took the resource
    along), `indirect_via` (`event_id`, `resource_type`, `resource_id`: the neighbour
    of each of the latter), `match_kind` (`exact`: one event, `shared`: several,
    `indirect`: neighbours' alone, `none`) and `undelivered_causes` (events whose
    logs are lost).
`property_changes`
    A row for each property that a `modified`, `tags_only` or `relationship_only`
    item shows otherwise than the item before it: the item's `account_id`,
    `aws_region`, `resource_type`, `resource_id`, `captured_at`; `area`,
    `property_path`, `change`, `value_before`, `value_after` (see `properties`;
    canonical JSON text, null where there is none), `is_volatile` (AWS rewrites it
    by itself, and such a change alone makes the item none).
`bucket_encryption_changes`
    See `encryption_truth`.
`resource_creations`
    A row for each life that Config saw begin or go on: `resource_type`,
    `resource_id`, `resource_name`, `account_id`, `aws_region`, `created_at`,
    `created_at_source` (`resource_creation_time`, or `first_seen` for types that
    lack it), `event_id` (null: before the period, or its log is lost),
    `actor_arn` (null with it, and for services), `captured_at` (first item).
`missing_from_snapshot`
    Resources that ended without an item that says so: `account_id`, `aws_region`,
    `resource_type`, `resource_id`, `last_captured_at`, `snapshot_at` and
    `snapshot_path` (under deliveries/) of the first snapshot without them, and
    `caused_by` (the delivered events that ended them).
`cases`
    Confusions by name, each made on purpose: `event_ids`, and `items` that show one
    of them or are of a resource in the case (`account_id`, `aws_region`,
    `resource_type`, `resource_id`, `captured_at`).
`writes_without_item`
    Delivered, successful writes on recorded resources that no item of any resource
    shows, a row for each resource:
    `event_id`, `account_id`, `resource_type`, `resource_id`, `reason`
    (`no_change`: it left everything as it was, or changed what Config doesn't
    show; `undone`: gone before Config looked; `not_shown`: of another kind of
    thing, such as a user's access key; `missed`: the resource ended, and Config
    never noticed; `seen_elsewhere`: the copy of a call that another account has).
`denied_encryption_attempts`
    Ids of refused Put- and DeleteBucketEncryption events.
`late_event_ids`
    Events whose only or first file lies in a folder of a later day than theirs.
`addendum`
    `original_event_id`, `addendum_event_id`, `field`, `value`: the addendum
    (reason UPDATED_DATA) replaces this field of the original by this value.
`shared_event_ids`
    `shared_event_id` and the two `event_ids` by which two accounts know it.
`duplicated_event_ids_count`
    Events that lie in more than one readable file.
`undelivered_event_ids`
    Events simulated that no readable record shows: the lost hour, and records
    broken in their files.
`activity_event_ids`
    Events of `demo.activity`, all delivered; none changes what Config records. What
    its estate causes is told like the stories' events and items, and not here.
`lost_hours`
    `account_id`, `aws_region`, `start`, `end`: no log was delivered for these.
`broken_files`
    `path` (under deliveries/), `kind`, `expected_reason_hint`,
    `readable_event_ids` (what the file still holds), `lost_event_ids`, and
    `lost_records` (records of it that lie nowhere else).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from demo.cases import Case
from demo.clock import iso_seconds
from demo.encryption_truth import EncryptionEvent, EncryptionItem, changes
from demo.items import Item
from demo.plan import Plan
from demo.resources.base import Resource
from demo.truth_rows import creation_row, item_row, missing_row, property_rows

BIRTHS = ("first_sight", "created", "recreated")
CHANGES = ("modified", "tags_only", "relationship_only")


@dataclass(slots=True)
class Truth:
    """Gathers rows while the simulation runs."""

    counts: Counter[str] = field(default_factory=Counter)
    items: list[dict[str, Any]] = field(default_factory=list)
    property_changes: list[dict[str, Any]] = field(default_factory=list)
    creations: list[dict[str, Any]] = field(default_factory=list)
    encryption_events: list[EncryptionEvent] = field(default_factory=list)
    encryption_items: list[EncryptionItem] = field(default_factory=list)
    denied_encryption_ids: list[str] = field(default_factory=list)
    late_event_ids: list[str] = field(default_factory=list)
    undelivered_event_ids: list[str] = field(default_factory=list)
    activity_event_ids: list[str] = field(default_factory=list)
    writes_without_item: list[dict[str, str]] = field(default_factory=list)
    shown_event_ids: set[str] = field(default_factory=set)
    shared: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)
    told_missing: set[str] = field(default_factory=set)
    cases: dict[str, Case] = field(default_factory=dict)
    broken_files: list[dict[str, Any]] = field(default_factory=list)
    addendum: dict[str, str] = field(default_factory=dict)

    def write_without_item(self, event_id: str, resource: Resource, reason: str) -> None:
        """A delivered, successful write on a recorded resource whose items don't show it."""
        self.writes_without_item.append(
            {
                "event_id": event_id,
                "account_id": resource.place.account_id,
                "resource_type": resource.resource_type,
                "resource_id": resource.resource_id,
                "reason": reason,
            }
        )

    def missing_from(self, resource: Resource, moment: int, path: str) -> None:
        """A resource that Config missed the end of, at the first snapshot without it."""
        if resource.last is not None and resource.resource_id not in self.told_missing:
            self.told_missing.add(resource.resource_id)
            self.missing.append(missing_row(resource, resource.last, moment, path))

    def case(self, name: str) -> Case:
        """A confusion made on purpose, to be told what belongs to it."""
        return self.cases.setdefault(name, Case())

    def denied_encryption(self, event_id: str) -> None:
        """A refused attempt to change a bucket's encryption."""
        self.denied_encryption_ids.append(event_id)

    def encryption_event(self, event: EncryptionEvent) -> None:
        """A successful one."""
        self.encryption_events.append(event)

    def item(self, item: Item, resource: Resource, before: Item | None) -> None:
        """An item that will be delivered, and the resource's item before it."""
        self.items.append(item_row(item))
        self.shown_event_ids |= {one.event_id for one in item.causes if not one.is_indirect}
        if item.change_kind in CHANGES and before is not None:
            self.property_changes += property_rows(item, before)
        if item.change_kind in BIRTHS:
            self.creations.append(creation_row(item, resource))
        if item.encryption is not None:
            self.encryption_items.append(
                EncryptionItem(
                    bucket_name=item.resource_id,
                    account_id=item.account_id,
                    aws_region=item.aws_region,
                    life=item.life,
                    captured_at=item.captured_at,
                    encryption=item.encryption,
                )
            )

    def as_json(self, options: dict[str, Any], plan: Plan) -> dict[str, Any]:
        """The whole of truth.json."""
        return {
            "options": options,
            "counts": {**self.counts, "distinct_items": len(self.items)},
            "items": self.items,
            "property_changes": self.property_changes,
            "bucket_encryption_changes": changes(self.encryption_events, self.encryption_items),
            "resource_creations": self.creations,
            "writes_without_item": [
                row
                for row in self.writes_without_item
                if row["event_id"] not in self.shown_event_ids
            ],
            "missing_from_snapshot": self.missing,
            "cases": {name: case.as_json(self.items) for name, case in self.cases.items()},
            "denied_encryption_attempts": self.denied_encryption_ids,
            "late_event_ids": self.late_event_ids,
            "addendum": self.addendum,
            "shared_event_ids": self.shared,
            "duplicated_event_ids_count": self.counts["duplicated_events"],
            "undelivered_event_ids": self.undelivered_event_ids,
            "activity_event_ids": self.activity_event_ids,
            "lost_hours": [
                {
                    "account_id": plan.lost_place.account_id,
                    "aws_region": plan.lost_place.region,
                    "start": iso_seconds(plan.lost.start),
                    "end": iso_seconds(plan.lost.end),
                }
            ],
            "broken_files": self.broken_files,
        }
