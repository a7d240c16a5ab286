"""What a source yields, whatever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Protocol

from ingest.problems import Problem


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
        """The object's bytes as stored. Raises OSError if it cannot be read."""


@dataclass(frozen=True, slots=True)
class SourceObject:
    """One object. `etag` changes when its content does; `size` is in bytes as stored.

    `problem` is set where the listing already shows that the object cannot be read.
    """

    uri: str
    etag: str
    size: int
    hint: KeyHint
    open: Opener
    problem: Problem | None = None


class Source(Protocol):
    """A place that lists objects."""

    def objects(self) -> Iterator[SourceObject]:
        """Every object, in the order of its address."""
