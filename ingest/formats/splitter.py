"""Cuts into records what does not fit in memory, or cannot be read as a whole.

Where something is broken, the next thing is looked for that is a record by its shape, so that
one bad byte costs one record. Offsets are bytes of the inflated object.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from ingest.formats.envelopes import LISTS
from ingest.formats.records import looks_like_event, looks_like_item
from ingest.formats.window import BrokenError, Window
from ingest.landing.schema import CATEGORIES
from ingest.limits import Limits
from ingest.problems import Reason

_WRAPPERS: Final = ("invokingEvent", "CloudTrailEvent", "configurationItem", "messageType")
_FIRST_KEYS: Final = (
    *(field.aws_name for category in CATEGORIES for field in category.fields),
    *_WRAPPERS,
    *("configurationItemDiff", "EventId", "id", "account", "detail-type"),
)
# A record begins with a field that AWS documents: that spares the search most braces.
_CANDIDATE: Final = re.compile(rf'\{{\s*"(?:{"|".join(_FIRST_KEYS)})"\s*:')
_LONGEST: Final = 128
_CONTAINER: Final = re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*\[')
_PROLOGUE: Final = 4096
# So many bytes may be read in vain, for each byte there is, while looking for records.
_PATIENCE: Final = 8
# Elements are taken together from this many bytes on.
_BULK: Final = 128 * 1024
_elements: Final = msgspec.json.Decoder(list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class Piece:
    """A cut piece. `inside` is the key of the list it stood in, `many` says that it is several
    elements with commas between."""

    raw: bytes
    offset: int
    inside: str | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class BrokenPiece:
    """What cannot be read; `length` may be more than what is kept in `raw`."""

    raw: bytes
    offset: int
    length: int
    reason: Reason
    detail: str


def split(chunks: Iterator[bytes], limits: Limits) -> Iterator[Piece | BrokenPiece]:
    """Every record and every broken piece, in order."""
    return _Splitter(chunks, limits).pieces()


class _Splitter:
    def __init__(self, chunks: Iterator[bytes], limits: Limits) -> None:
        self._window = Window(chunks, limits.record)
        self._limits = limits
        self._inside: str | None = None
        self._spent = 0

    def pieces(self) -> Iterator[Piece | BrokenPiece]:
        """In order as long as the text is; record by record from the first damage on."""
        try:
            yield from self._documents()
        except BrokenError as error:
            yield from self._salvage(error)

    def _documents(self) -> Iterator[Piece | BrokenPiece]:
        window = self._window
        while sign := window.skip():
            if sign == "[":
                yield from self._bare_array()
            elif sign != "{":
                raise BrokenError("neither an object nor an array", window.position)
            elif _CONTAINER.search(window.text, window.position, window.position + _PROLOGUE):
                yield from self._container(LISTS)
            else:
                value, end = window.value()
                if keys := _lists_of_records(value):
                    yield from self._container(keys)
                else:
                    start = window.at
                    yield Piece(window.take(end), start)

    def _value(self) -> Piece:
        _, end = self._window.value()
        start = self._window.at
        return Piece(self._window.take(end), start, self._inside)

    def _container(self, lists: Sequence[str]) -> Iterator[Piece]:
        """An object with lists of records under some keys, read member by member."""
        window = self._window
        window.position += 1
        while (sign := window.skip(",")) == '"':
            key, window.position = window.value()
            if window.skip() != ":":
                raise BrokenError("a colon is missing", window.position)
            window.position += 1
            sign = window.skip()
            if sign == "[" and key in lists:
                yield from self._array(str(key))
            elif sign == "{" and key == "data":
                yield from self._container(lists)
            else:
                _, window.position = window.value()
        if sign != "}":
            raise BrokenError("the object does not end", window.position)
        window.position += 1

    def _array(self, inside: str | None) -> Iterator[Piece]:
        """The elements of an array that begins here."""
        self._window.position += 1
        yield from self._elements(inside)

    def _elements(self, inside: str | None) -> Iterator[Piece]:
        """The elements from here to the array's end, many at once while they are well-formed."""
        window = self._window
        self._inside = inside
        while sign := window.skip(","):
            if sign == "]":
                self._inside = None
                window.position += 1
                return
            yield self._bulk() or self._value()
        raise BrokenError("the array does not end", window.position)

    def _bare_array(self) -> Iterator[Piece | BrokenPiece]:
        """An array that is the whole text: one record in it and no end makes no array."""
        window = self._window
        window.position += 1
        if window.skip() not in ("", "]"):
            value, end = window.value()
            length = end - window.position
            while (
                _is_record(value) and window.is_blank(window.position + length) and window.refill()
            ):
                pass
            if _is_record(value) and window.is_blank(window.position + length):
                start = window.at
                only = window.take(window.position + length)
                detail = "the array does not end"
                yield BrokenPiece(only, start, length, Reason.NOT_JSON, detail)
                window.skip()
                return
        yield from self._elements(None)

    def _bulk(self) -> Piece | None:
        """As many whole elements as the window holds, null if that cannot be told cheaply.

        The end is guessed: the last place that looks like the beginning of the element here.
        If all before it reads as elements, it is an end, for JSON can be read in one way only.
        """
        window = self._window
        if window.left < _BULK:
            window.refill()
        beginning = b"," + window.data[window.position : window.position + 8]
        end = len(window.data)
        for _ in range(4):
            end = window.data.rfind(beginning, window.position, end)
            if end - window.position < _BULK // 2:
                return None
            try:
                _elements.decode(b"[%b]" % window.data[window.position : end])
            except (msgspec.DecodeError, RecursionError):
                continue
            start = window.at
            return Piece(window.take(end), start, self._inside, many=True)
        return None

    def _salvage(self, error: BrokenError) -> Iterator[Piece | BrokenPiece]:
        """What is left after damage: broken pieces, and between them records by their shape."""
        window = self._window
        failure: BrokenError | None = error
        while failure is not None:
            yield self._broken(failure)
            failure = None
            while failure is None and window.skip(",]}"):
                try:
                    value, end = window.value()
                except BrokenError as next_error:
                    failure = next_error
                    continue
                if not _is_record(value):
                    failure = BrokenError("it is no record", window.position)
                    continue
                start = window.at
                yield Piece(window.take(end), start, self._inside)

    def _broken(self, error: BrokenError) -> BrokenPiece:
        """The piece from here to the next record; the window stands there afterwards."""
        window = self._window
        start, length, kept = window.at, 0, bytearray()
        step = 1
        while True:
            part = window.take(min(window.position + step, len(window.data)))
            length += len(part)
            kept += part[: max(self._limits.kept_record - len(kept), 0)]
            found = _CANDIDATE.search(window.text, window.position)
            if found is None:
                step = max(window.left - _LONGEST, 0)
                if step == 0 and not window.refill():
                    step = window.left
                    if step == 0:
                        break
            elif found.start() > window.position:
                step = found.start() - window.position
            elif (step := self._in_vain()) == 0:
                break
        return BrokenPiece(bytes(kept), start, length, error.reason, error.detail)

    def _in_vain(self) -> int:
        """How many bytes to pass over at a candidate: none where it is a record."""
        window = self._window
        try:
            value, end = window.value()
        except BrokenError as error:
            self._spent += error.at - window.position
            if self._spent > _PATIENCE * (window.offset + len(window.data)):
                return window.left
            return 1
        return 0 if _is_record(value) else end - window.position


def _lists_of_records(value: Any) -> list[str]:
    """The keys, which nobody knows, of an object under which there are records all the same."""
    if not isinstance(value, dict) or _is_record(value):
        return []
    lists = {key: inner for key, inner in value.items() if isinstance(inner, list) and inner}
    return [key for key, inner in lists.items() if _is_record(inner[0])]


def _is_record(value: Any) -> bool:
    """Whether something in a damaged file is a record, or an envelope, by its shape."""
    if not isinstance(value, dict):
        return False
    if looks_like_event(value) or looks_like_item(value):
        return True
    return any(key in value for key in _WRAPPERS) or ("detail" in value and "detail-type" in value)
