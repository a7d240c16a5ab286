"""Reads one object: its records go to a sink, and what could not be taken is told."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import msgspec

from ingest.errors import SourceError
from ingest.formats.compression import Body, Stream, read_body
from ingest.formats.envelopes import Found, Recognized, Rejected, unwrap
from ingest.formats.fast import Events, read_elements, read_events
from ingest.formats.records import Row
from ingest.formats.splitter import BrokenPiece, Piece, split
from ingest.limits import Limits
from ingest.problems import ObjectError, Problem, Reason
from ingest.sources.base import SourceObject

# A bucket's write permission is tried with this empty file (AWS Config Developer Guide).
_CHECK_FILE: Final = "ConfigWritabilityCheckFile"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_FORMATS: Final = {
    b"PK\x03\x04": "a zip archive",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ": "xz",
    b"PAR1": "Parquet",
}
_whole: Final = msgspec.json.Decoder(msgspec.Raw)


class Sink(Protocol):
    """Takes the records of the object being read."""

    def events(self, events: Events, first_index: int) -> None:
        """Take events that came the fast way."""

    def row(self, row: Row, index: int) -> None:
        """Take a record that came the slow way."""


@dataclass(slots=True)
class Reading:
    """What became of an object."""

    records: int = 0
    problems: list[Problem] = field(default_factory=list)
    recognized: list[str] = field(default_factory=list)
    digest: str = ""
    inflated: int = 0
    copy: bytes = b""
    stopped: SourceError | None = None
    """What keeps all other objects from being read, too."""


def read_object(source: SourceObject, sink: Sink, limits: Limits) -> Reading:
    """Read an object. Never raises for what an object holds or for failing to read it."""
    if source.problem is not None:
        return Reading(problems=[source.problem])
    reader = _Reader(source, sink, limits)
    try:
        reader.read()
    except OSError as error:
        reason = error.reason if isinstance(error, ObjectError) else Reason.UNREADABLE
        reader.reading.problems.append(Problem(reason, error.strerror or str(error)))
    except SourceError as error:
        reader.reading.problems.append(Problem(Reason.UNREADABLE, str(error)))
        reader.reading.stopped = error
    return reader.reading


class _Reader:
    def __init__(self, source: SourceObject, sink: Sink, limits: Limits) -> None:
        self._source = source
        self._sink = sink
        self._limits = limits
        self._index = 0
        self._base: tuple[bytes, int] = (b"", 0)
        self.reading = Reading()

    def read(self) -> None:
        """Read the object. Raises OSError."""
        body = read_body(self._source.open, self._limits)
        self.reading.digest = body.digest
        if isinstance(body, Stream):
            self.reading.inflated = body.size
            self._split(body.chunks())
            self._end(body.problem, body.size)
            return
        self.reading.inflated = len(body.data)
        self._whole_body(body)
        self._end(body.problem, len(body.data))
        if len(self.reading.problems) == 1 and not self.reading.records:
            self._as_one(body)

    def _whole_body(self, body: Body) -> None:
        data = _as_utf8(body.data)
        if not data.strip():
            if body.problem is None:
                self._empty()
            return
        events = read_events(data)
        if events is not None:
            self._take_events(events)
        elif _is_json(data):
            self._base = (data, 0)
            self._take(unwrap(data))
        else:
            self._split(iter([data]))

    def _empty(self) -> None:
        if self._source.uri.endswith(_CHECK_FILE):
            self.reading.recognized.append("AWS Config writability check file")
        else:
            self.reading.problems.append(Problem(Reason.EMPTY, "the object is empty"))

    def _split(self, chunks: Iterator[bytes]) -> None:
        for piece in split(chunks, self._limits):
            if isinstance(piece, BrokenPiece):
                self._set_aside_piece(piece)
            else:
                self._take_piece(piece)

    def _take_piece(self, piece: Piece) -> None:
        events = None
        if piece.many and piece.inside in ("Records", None):
            events = read_elements(piece.raw)
        if events is not None:
            self._take_events(events)
            return
        self._base = (piece.raw, piece.offset)
        self._take(unwrap(b"[%b]" % piece.raw if piece.many else piece.raw, piece.inside))

    def _take_events(self, events: Events) -> None:
        self._sink.events(events, self._index)
        self._index += len(events.records)
        self.reading.records += len(events.records)

    def _take(self, found: Iterator[Found]) -> None:
        for one in found:
            if isinstance(one, Recognized):
                self.reading.recognized.append(one.what)
                continue
            if isinstance(one, Row):
                self._sink.row(one, self._index)
                self.reading.records += 1
            else:
                self._reject(one)
            self._index += 1

    def _reject(self, rejected: Rejected) -> None:
        """Set a record aside, with its place where its text stands in the object as it is."""
        data, base = self._base
        place = data.find(rejected.raw)
        self.reading.problems.append(
            Problem(
                reason=rejected.reason,
                detail=rejected.detail,
                offset=base + place if place >= 0 else None,
                length=len(rejected.raw),
                index=self._index,
                raw=rejected.raw[: self._limits.kept_record],
            )
        )

    def _set_aside_piece(self, piece: BrokenPiece) -> None:
        self.reading.problems.append(
            Problem(
                reason=piece.reason,
                detail=piece.detail,
                offset=piece.offset,
                length=piece.length,
                index=self._index,
                raw=piece.raw,
            )
        )
        self._index += 1

    def _end(self, problem: Problem | None, size: int) -> None:
        """Tell what is wrong with the object's compression; a piece that is broken only because
        the text ends there is no problem of its own."""
        if problem is None:
            return
        problems = self.reading.problems
        last = problems[-1] if problems else None
        if last and last.offset is not None and last.offset + (last.length or 0) >= size:
            problems[-1] = replace(last, reason=problem.reason, detail=problem.detail)
        else:
            problems.append(replace(problem, offset=size))

    def _as_one(self, body: Body) -> None:
        """An object of which nothing could be taken is set aside as a whole."""
        problem = self.reading.problems[0]
        if problem.reason is Reason.NOT_JSON:
            signs = (kind for sign, kind in _OTHER_FORMATS.items() if body.data.startswith(sign))
            detail = f"it is {next(signs, 'no JSON')} ({problem.detail})"
            problem = replace(problem, detail=detail)
        self.reading.problems = [replace(problem, length=len(body.data), index=None, raw=b"")]
        self.reading.copy = body.stored[: self._limits.kept_object]


def _as_utf8(data: bytes) -> bytes:
    """The text without a byte order mark; UTF-16, as PowerShell writes it, made UTF-8."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            return data
    return data


def _is_json(data: bytes) -> bool:
    """Whether all of it is one JSON value in UTF-8."""
    try:
        if not data.isascii():
            data.decode()
        _whole.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
