"""A sliding window over bytes that come in chunks.

The window is held as bytes and as latin-1 text beside them: JSON's own signs are ASCII, so that
Python's reader finds the ends of values in the text, and each offset is one in bytes.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from ingest.formats.members import raw_decode
from ingest.problems import Reason

_STEP: Final = 1 << 20
_SPACE: Final = re.compile(r"[ \t\n\r]*")
# An error this near to the end may be for want of more.
_NEAR: Final = 16


class BrokenError(ValueError):
    """The value at the window's position cannot be read; `at` is where in the window it fails."""

    def __init__(self, detail: str, at: int, reason: Reason = Reason.NOT_JSON) -> None:
        super().__init__(detail)
        self.detail = detail
        self.at = at
        self.reason = reason


class Window:
    """`data[position:]` is what is still to be read; `offset` is where `data` begins."""

    def __init__(self, chunks: Iterator[bytes], record_limit: int) -> None:
        self._chunks = chunks
        self._limit = record_limit
        self._ended = False
        self.data = b""
        self.text = ""
        self.offset = 0
        self.position = 0
        self.refill()

    @property
    def at(self) -> int:
        """The position, counted from the beginning of the object."""
        return self.offset + self.position

    @property
    def left(self) -> int:
        """How many bytes of the window are still to be read."""
        return len(self.data) - self.position

    def refill(self) -> bool:
        """Drop what has been read, and double what is left; false if there is no more."""
        if self._ended:
            return False
        parts = [self.data[self.position :]]
        size, wanted = 0, max(_STEP, len(parts[0]))
        while size < wanted:
            chunk = next(self._chunks, b"")
            if not chunk:
                self._ended = True
                break
            parts.append(chunk)
            size += len(chunk)
        self.offset += self.position
        self.position = 0
        self.data = b"".join(parts)
        self.text = self.data.decode("latin-1")
        return size > 0

    def skip(self, signs: str = "") -> str:
        """Pass over spaces and the signs given; the next character, empty at the end."""
        while True:
            found = _SPACE.match(self.text, self.position)
            self.position = found.end() if found else self.position
            sign = self.text[self.position : self.position + 1]
            if sign and sign in signs:
                self.position += 1
            elif sign or not self.refill():
                return sign

    def is_blank(self, start: int) -> bool:
        """Whether there is nothing but spaces in the window from a place on."""
        found = _SPACE.match(self.text, start)
        return found is not None and found.end() == len(self.text)

    def value(self) -> tuple[Any, int]:
        """The value at the position and where in the window it ends. Raises BrokenError."""
        while True:
            try:
                value, end = raw_decode(self.text, self.position)
            except RecursionError:
                detail = "it is nested too deeply to be read"
                raise BrokenError(detail, self.position, Reason.TOO_LARGE) from None
            except ValueError as error:
                failed = getattr(error, "pos", self.position)
                unended = str(error).startswith("Unterminated string")
                if not (unended or failed >= len(self.text) - _NEAR) or not self._more(failed):
                    raise BrokenError(_plain(error), failed) from None
            else:
                # A number at the very end may go on.
                if end < len(self.text) or not self.refill():
                    return value, end

    def _more(self, failed: int) -> bool:
        """Whether there are more bytes, which may mend an error at the end."""
        if self.left > self._limit:
            detail = f"it is longer than {self._limit} bytes"
            raise BrokenError(detail, failed, Reason.TOO_LARGE)
        return self.refill()

    def take(self, end: int) -> bytes:
        """The bytes up to a place in the window; they are passed over."""
        piece = self.data[self.position : end]
        self.position = end
        return piece


def _plain(error: ValueError) -> str:
    """The reader's words without its place, which is one in the window."""
    return str(getattr(error, "msg", error))
