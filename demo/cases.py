"""Confusions that are made on purpose, so that tests can ask for each by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from demo.calls import Json
from demo.resources.base import Resource

# What tells one item from another.
STATE = ("account_id", "aws_region", "resource_type", "resource_id", "captured_at")


@dataclass(slots=True)
class Case:
    """The events and the resources of one confusion."""

    event_ids: list[str] = field(default_factory=list)
    resources: set[tuple[str, str, str]] = field(default_factory=set)

    def event(self, record: Json) -> None:
        """Count an event in."""
        self.event_ids.append(record["eventID"])

    def resource(self, resource: Resource) -> None:
        """Count in all that Config shows of a resource within the period."""
        account_id = resource.place.account_id
        self.resources.add((account_id, resource.resource_type, resource.resource_id))

    def as_json(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """The case with its items, out of all there are."""
        wanted = set(self.event_ids)
        shown = [
            {name: row[name] for name in STATE}
            for row in items
            if row["change_kind"] != "first_sight"
            and (
                not wanted.isdisjoint(row["caused_by"] + row["undelivered_causes"])
                or (row["account_id"], row["resource_type"], row["resource_id"]) in self.resources
            )
        ]
        return {"event_ids": self.event_ids, "items": shown}
