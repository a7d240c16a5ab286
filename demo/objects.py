"""Objects as they lie in a bucket, written to a folder.

gzip without a time and without a name, so that the same text gives the same bytes.
"""

from __future__ import annotations

import zlib
from pathlib import Path

_GZIP = 31


def gzip(text: str) -> bytes:
    """The text as one gzip member with no time in it."""
    return zlib.compress(text.encode(), 6, wbits=_GZIP)


class Objects:
    """Writes objects by key below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: set[str] = set()

    def put(self, key: str, data: bytes) -> None:
        """Write an object whole."""
        folder = key.rpartition("/")[0]
        if folder not in self._folders:
            (self._root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        (self._root / key).write_bytes(data)

    def put_text(self, key: str, text: str) -> None:
        """Write a text, compressed."""
        self.put(key, gzip(text))
