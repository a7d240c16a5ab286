"""An object's bytes, gzip or not, told by content: whole where they fit, else as a stream.

Only bytes that can be trusted come out. Of a truncated stream that is what could be inflated;
of a damaged one the members before the damage, for after a wrong checksum nobody can say which
record is the wrong one. Several members in one file are one text (RFC 1952, 2.2).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from isal import isal_zlib

from ingest.limits import MEBIBYTE, Limits
from ingest.problems import Problem, Reason
from ingest.sources.base import Opener

_GZIP: Final = b"\x1f\x8b"
_WINDOW: Final = 31  # zlib's way to say: gzip's header and trailer
_STEP: Final = MEBIBYTE
# The stubs of isal call this class an instance.
_GzipError: Final[type[Exception]] = isal_zlib.error  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Body:
    """What an object holds, inflated. `digest` is the SHA-256 of the bytes as stored."""

    data: bytes
    stored: bytes
    digest: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """An object that does not fit: `size` bytes of it, inflated, can be trusted."""

    open: Opener
    digest: str
    size: int
    problem: Problem | None = None

    def chunks(self) -> Iterator[bytes]:
        """The trusted bytes, a mebibyte or so at a time. Raises OSError."""
        left = self.size
        with self.open() as file:
            for chunk in _inflated(file, _Progress()):
                yield chunk[:left]
                left -= len(chunk)
                if left <= 0:
                    return


def read_body(opener: Opener, limits: Limits) -> Body | Stream:
    """An object's content. Raises OSError if it cannot be read."""
    with opener() as file:
        stored = _beginning(file, limits.whole_object + 1)
    if len(stored) <= limits.whole_object:
        body = _whole(stored, limits.whole_object)
        if body is not None:
            return body
    return _checked(opener, limits)


def _beginning(file: BinaryIO, size: int) -> bytes:
    """So many bytes of a file, or all if there are fewer. Asked for at once they would be given
    room at once, which for a small file takes longer than reading it."""
    parts: list[bytes] = []
    while size > 0 and (part := file.read(min(size, _STEP))):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _whole(stored: bytes, limit: int) -> Body | None:
    """An object that fits, null if it inflates to more."""
    digest = hashlib.sha256(stored).hexdigest()
    data, problem = stored, None
    # Twice: an object that was copied as it came over HTTP may have been compressed again.
    for _ in range(2):
        if problem is None and data.startswith(_GZIP):
            inflated = _inflate(data, limit)
            if inflated is None:
                return None
            data, problem = inflated
    return Body(data, stored, digest, problem)


def _inflate(stored: bytes, limit: int) -> tuple[bytes, Problem | None] | None:
    parts: list[bytes] = []
    left = limit
    rest = stored
    problem = None
    while rest and problem is None:
        member = isal_zlib.decompressobj(_WINDOW)
        try:
            part = member.decompress(rest, left + 1)
        except _GzipError as error:
            problem = _corrupt(str(error))
            break
        left -= len(part)
        if left < 0:
            return None
        parts.append(part)
        problem = _after_member(member, len(stored))
        rest = member.unused_data if member.unused_data.startswith(_GZIP) else b""
    return parts[0] if len(parts) == 1 else b"".join(parts), problem


def _after_member(member: "_Inflater", size: int) -> Problem | None:
    """What is wrong at the end of the input: it ends too soon, or something odd follows."""
    if not member.eof:
        return Problem(Reason.TRUNCATED_GZIP, "the gzip stream ends too soon", length=size)
    trailing = member.unused_data
    if trailing.startswith(_GZIP) or not trailing.strip(b"\0"):
        return None
    return _corrupt(f"{len(trailing)} bytes after the gzip stream are no gzip")


def _corrupt(detail: str) -> Problem:
    return Problem(Reason.CORRUPT_GZIP, f"the gzip stream is damaged ({detail})")


class _Inflater(Protocol):
    eof: bool
    unused_data: bytes
    unconsumed_tail: bytes

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        """Inflate some bytes."""


@dataclass(slots=True)
class _Progress:
    """Where a stream has got to, in bytes; `verified` is the end of the last whole member."""

    stored: int = 0
    inflated: int = 0
    verified: int = 0
    problem: Problem | None = None


def _checked(opener: Opener, limits: Limits) -> Stream:
    """Read a large object once, to know how much of it is good, before anything of it lands."""
    progress = _Progress()
    digest = hashlib.sha256()
    with opener() as file:
        for _ in _inflated(file, progress, digest):
            bomb = progress.inflated > limits.ratio * max(progress.stored, _STEP)
            if bomb or progress.inflated > limits.inflated:
                detail = (
                    f"{progress.stored} bytes inflate to more than {progress.inflated}; "
                    "a log file does not, a bomb does"
                )
                return Stream(opener, digest.hexdigest(), 0, Problem(Reason.TOO_LARGE, detail))
    problem = progress.problem
    corrupt = problem is not None and problem.reason is Reason.CORRUPT_GZIP
    size = progress.verified if corrupt else progress.inflated
    return Stream(opener, digest.hexdigest(), size, problem)


def _inflated(
    file: BinaryIO, progress: _Progress, digest: "hashlib._Hash | None" = None
) -> Iterator[bytes]:
    """The content of a stream in chunks; `progress` says afterwards how it ended."""
    stored = _stored(file, progress, digest)
    first = next(stored, b"")
    if not first.startswith(_GZIP):
        yield from _counted(first, stored, progress)
        return
    member: _Inflater = isal_zlib.decompressobj(_WINDOW)
    rest = first
    while rest:
        try:
            chunk = member.decompress(rest, _STEP)
        except _GzipError as error:
            progress.problem = _corrupt(str(error))
            return
        progress.inflated += len(chunk)
        if chunk:
            yield chunk
        if not member.eof:
            rest = member.unconsumed_tail or next(stored, b"")
            continue
        progress.verified = progress.inflated
        rest = member.unused_data or next(stored, b"")
        if not rest.startswith(_GZIP):
            progress.problem = _after_member(member, progress.stored) if rest else None
            return
        member = isal_zlib.decompressobj(_WINDOW)
    progress.problem = _after_member(member, progress.stored)


def _counted(first: bytes, rest: Iterator[bytes], progress: _Progress) -> Iterator[bytes]:
    """Bytes that are not gzip, as they come."""
    chunk = first
    while chunk:
        progress.inflated += len(chunk)
        yield chunk
        chunk = next(rest, b"")


def _stored(file: BinaryIO, progress: _Progress, digest: "hashlib._Hash | None") -> Iterator[bytes]:
    while chunk := file.read(_STEP):
        progress.stored += len(chunk)
        if digest is not None:
            digest.update(chunk)
        yield chunk
