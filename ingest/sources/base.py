"""What a source yields, whatever it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Protocol

from ingest.problems import Problem, Reason


@dataclass(frozen=True, slots=True)
class KeyHint:
    """What an object's key tells of it. Each may be null: a key is a hint and no more."""

    account: str | None = None
    region: str | None = None
    day: date | None = None
    service: str | None = None
    """`cloudtrail` or `config`."""


class Opener(Protocol):
    """Opens an object for reading; is sent to the workers, so it can be pickled."""

    def __call__(self) -> BinaryIO:
        """The object's bytes as stored. Raises OSError if it cannot be read, SourceError if no
        other object of its source can be read either."""


@dataclass(frozen=True, slots=True)
class SourceObject:
    """One object. `etag` changes when its content does; `size` is in bytes as stored.

    `problem` is set where the listing already shows that the object cannot be read. What is
    remote is worth fetching while others are read.
    """

    uri: str
    etag: str
    size: int
    hint: KeyHint
    open: Opener
    problem: Problem | None = None
    is_remote: bool = False


def is_archived(one: SourceObject) -> bool:
    """Whether the listing shows that an object lies in a cold storage class."""
    return one.problem is not None and one.problem.reason is Reason.ARCHIVED


@dataclass(frozen=True, slots=True)
class Listed:
    """How far a delivery stream (the folder of one account, kind and region) has been listed.

    All its objects delivered from `since` on (null: ever) and found then are known or set
    aside. `newest_at` is the newest delivery; the others are when it was last listed so far
    back: two days, a month, whole.
    """

    prefix: str
    since: date | None
    newest_at: datetime
    days_at: datetime
    month_at: datetime
    whole_at: datetime


class Memory(Protocol):
    """What runs remember of their listings, so that old objects need not be listed again."""

    @property
    def now(self) -> datetime:
        """The time, with its zone."""

    def recall(self, prefix: str) -> Mapping[str, Listed]:
        """What is remembered of the streams below a prefix, by their prefixes."""

    def note(self, listed: Listed) -> None:
        """Remember a listing, once all that it found is settled."""

    def unread(self, prefix: str) -> list[str]:
        """Addresses below a prefix whose objects could not be read for a passing reason."""

    def requested(self, count: int) -> None:
        """Count requests that a listing took."""

    def pass_over(self, prefix: str) -> None:
        """Tell of a folder that holds no records of CloudTrail or Config."""


class Source(Protocol):
    """A place that lists objects."""

    def objects(self, memory: Memory) -> Iterator[SourceObject]:
        """Every object that may be new, in whatever order."""
