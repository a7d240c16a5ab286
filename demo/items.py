"""A configuration item that Config has recorded, and what it says about a bucket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encryption:
    """A bucket's default encryption: AES256, aws:kms or aws:kms:dsse, and a key's ARN."""

    algorithm: str
    kms_key: str | None = None


S3_DEFAULT = Encryption("AES256")


@dataclass(frozen=True, slots=True)
class Cause:
    """An event that an item shows; indirect when it was a neighbour's."""

    event_id: str
    is_delivered: bool
    is_indirect: bool


@dataclass(frozen=True, slots=True)
class Aspects:
    """JSON texts that tell what changed, the same for every order of arrays.

    `plain` is the configuration without tags and without what AWS rewrites by
    itself; `volatile` is the configuration with the latter.
    """

    plain: str
    tags: str
    relations: str
    volatile: str


NOTHING = Aspects("", "", "", "")


@dataclass(frozen=True, slots=True)
class Item:
    """One state of a resource; `body` is its JSON as a delivery file holds it."""

    account_id: str
    aws_region: str
    resource_type: str
    resource_id: str
    resource_name: str | None
    captured_at: int
    change_kind: str
    life: int
    causes: tuple[Cause, ...]
    encryption: Encryption | None
    aspects: Aspects
    body: str

    @property
    def state_id(self) -> int:
        """configurationStateId; since 2018 it is the capture time in milliseconds."""
        return self.captured_at

    @property
    def is_deletion(self) -> bool:
        """Whether the item says that the resource is gone."""
        return self.change_kind == "deleted"
