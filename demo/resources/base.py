"""What all recorded resources have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.calls import Call, Place
from demo.items import Cause, Encryption, Item


@dataclass(frozen=True, slots=True)
class Relation:
    """One entry of `relationships`."""

    resource_type: str
    resource_id: str | None
    name: str
    resource_name: str | None = None


@dataclass(slots=True, eq=False)
class Resource:
    """A resource as it is now, and as Config last saw it."""

    resource_type: str
    place: Place
    resource_id: str
    name: str | None
    arn: str
    attributes: dict[str, Any]
    created_at: int = 0
    has_creation_time: bool = True
    is_global: bool = False
    zone: str = "Not Applicable"
    tags: dict[str, str] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    # The life of the resource: a new one begins when it is made again.
    is_alive: bool = False
    life: int = 0
    created_by: Cause | None = None
    creator_arn: str | None = None

    # What keeps two stories from working on it at once, and Config's view of it.
    busy_until: int = 0
    is_capture_due: bool = False
    # Gone, and Config never noticed: it is missing from the next snapshot.
    is_missed: bool = False
    causes: list[Cause] = field(default_factory=list)
    last: Item | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resource whose relationships change because another one came or went.

    One that `goes_too` ends with it.
    """

    resource: Resource
    relation: Relation | None
    is_added: bool
    goes_too: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A call and, should it succeed, what it does to a resource, and to others as well."""

    resource: Resource
    call: Call
    attributes: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] | None = None
    relations: tuple[Relation, ...] | None = None
    creates: bool = False
    deletes: bool = False
    neighbours: tuple[Neighbour, ...] = ()
    encryption: Encryption | None = None
    others: tuple[Change, ...] = ()


def key_value_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Tags as EC2 and IAM list them."""
    return [{"key": key, "value": value} for key, value in tags.items()]
