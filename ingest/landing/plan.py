"""What a batch is about to add: held by the manifest while it is pending, told by its ledger
file afterwards."""

import base64
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from ingest.problems import PASSING, Problem, Reason


class Status(StrEnum):
    """What became of an object."""

    LANDED = "landed"
    PARTLY = "partly"
    QUARANTINED = "quarantined"
    RECOGNIZED = "recognized"


@dataclass(frozen=True, slots=True)
class LandedFile:
    """A file: its path from the lake's root, and what is in it. Moments, here and below, are in
    microseconds since 1970, UTC."""

    path: str
    category: str
    store: str
    day: str
    records: int
    addenda: int
    bytes: int
    first_at: int
    last_at: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing set aside, without its bytes: those are in the quarantine's file."""

    reason: Reason
    detail: str
    offset: int | None = None
    length: int | None = None
    index: int | None = None

    @classmethod
    def of(cls, problem: Problem) -> "Entry":
        """The entry of a problem."""
        return cls(problem.reason, problem.detail, problem.offset, problem.length, problem.index)


@dataclass(frozen=True, slots=True)
class ObjectOutcome:
    """What became of one object in one store; `records` counts those that landed by it.

    `replaces` is the etag of an earlier outcome of the same address that this one settles.
    """

    store: str
    uri: str
    etag: str
    size: int
    digest: str
    status: Status
    records: int = 0
    first_at: int | None = None
    last_at: int | None = None
    recognized: str | None = None
    replaces: str | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def reason(self) -> Reason | None:
        """Why not all of it could be taken: what may pass goes before what stays."""
        reasons = [entry.reason for entry in self.entries]
        return next((one for one in reasons if one in PASSING), next(iter(reasons), None))


@dataclass(frozen=True, slots=True)
class Loss:
    """An object whose records were in a landed file that is lost; `records_left` are still
    landed. It is set aside, so that a retry lands the others again."""

    store: str
    uri: str
    etag: str
    records_left: int
    detail: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a batch adds or removes; a compaction adds nothing, its files hold the rows of those
    it removes. `created_at` and `committed_at` are ISO moments, which
    a clock that was set back puts out of order; `sequence` counts the batches of a lake.

    Every file has its SHA-256, in hexadecimal, but the ledger's own, which holds this plan.
    """

    batch_id: str
    sequence: int
    created_at: str
    committed_at: str
    files: tuple[LandedFile, ...] = ()
    outcomes: tuple[ObjectOutcome, ...] = ()
    quarantine_file: str | None = None
    quarantine_sha256: str | None = None
    removed: tuple[LandedFile, ...] = ()
    losses: tuple[Loss, ...] = ()
    is_compaction: bool = False

    @property
    def records(self) -> int:
        """How many records it lands."""
        return 0 if self.is_compaction else sum(file.records for file in self.files)

    def to_json(self) -> str:
        """The plan as text."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> "Plan":
        """The plan of a text."""
        return msgspec.json.decode(text, type=cls)


@dataclass(slots=True)
class Tally:
    """Counts the records of one object that go to one category."""

    records: int = 0
    first_at: int | None = None
    last_at: int | None = None

    def add(self, count: int, first_at: int, last_at: int) -> None:
        """Count some records between two moments."""
        self.records += count
        self.first_at = first_at if self.first_at is None else min(self.first_at, first_at)
        self.last_at = last_at if self.last_at is None else max(self.last_at, last_at)


def packed(value: Any) -> str:
    """A value as JSON, deflated, as text: a file may hold thousands of objects' addresses."""
    return base64.b64encode(zlib.compress(json.dumps(value).encode(), 1)).decode()


def unpacked(text: str) -> Any:
    """What `packed` packed."""
    return json.loads(zlib.decompress(base64.b64decode(text)))
