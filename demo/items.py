"""A configuration item that Config has recorded, and what it says about a bucket."""

from __future__ import annotations

from dataclasses import dataclass

from demo.calls import Json


@dataclass(frozen=True, slots=True)
class Encryption:
    """A bucket's default encryption: AES256, aws:kms or aws:kms:dsse, and a key's ARN."""

    algorithm: str
    kms_key: str | None = None


S3_DEFAULT = Encryption("AES256")


@dataclass(frozen=True, slots=True)
class Cause:
    """An event that an item may show.

    `via` is type and id of the neighbour whose event it was; none for the resource's
    own. `touched` names the properties that it changed.
    """

    event_id: str
    is_delivered: bool
    via: tuple[str, str] | None = None
    touched: frozenset[str] = frozenset()

    @property
    def is_indirect(self) -> bool:
        """Whether it was a neighbour's event."""
        return self.via is not None


@dataclass(frozen=True, slots=True)
class Item:
    """One state of a resource; `body` is its JSON as a delivery file holds it.

    `contents` is what the body says of the resource, by area; `plain` is a text of
    its configuration without tags and without what AWS rewrites by itself, the same
    for every order of arrays. Neither says anything once the resource is gone.
    """

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
    contents: Json
    plain: str
    body: str

    @property
    def state_id(self) -> int:
        """configurationStateId; since 2018 it is the capture time in milliseconds."""
        return self.captured_at

    @property
    def is_deletion(self) -> bool:
        """Whether the item says that the resource is gone."""
        return self.change_kind == "deleted"
