"""Keeps what could not be taken: a gzipped file of JSON lines for each batch that set any aside.

A line is one thing: its address (object, byte, record), reason code, detail, and its bytes as
`text` where they are UTF-8, else as `base64`; `kept` says whether that is all of them.
"""

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.landing.layout import make_file, make_folder, quarantine_file, sync_file
from ingest.limits import Limits
from ingest.problems import Problem
from ingest.sources.base import SourceObject


class QuarantineWriter:
    """Writes one batch's file, if there is anything to write."""

    def __init__(self, folder: Path, batch_id: str, limits: Limits) -> None:
        self._name = quarantine_file(batch_id)
        self._path = folder / self._name
        self._left = limits.kept_batch
        self._file: gzip.GzipFile | None = None

    def add(self, source: SourceObject, problem: Problem, copy: bytes) -> None:
        """Keep a problem of an object; `copy` is the object's bytes if it failed as a whole."""
        raw = copy or problem.raw
        wanted = source.size if copy else (problem.length or 0)
        if len(raw) > self._left:
            raw = b""
        self._left -= len(raw)
        line = {
            "uri": source.uri,
            "etag": source.etag,
            "size": source.size,
            "reason": problem.reason,
            "detail": problem.detail,
            "offset": problem.offset,
            "length": problem.length,
            "index": problem.index,
            "whole_object": bool(copy),
            "kept": len(raw) >= wanted,
            **_bytes(raw),
        }
        self._open().write(json.dumps(line).encode() + b"\n")

    def _open(self) -> gzip.GzipFile:
        if self._file is None:
            make_folder(self._path.parent)
            make_file(self._path)
            self._file = gzip.GzipFile(self._path, "wb", compresslevel=6, mtime=0)
        return self._file

    def close(self) -> str | None:
        """Finish the file; its path from the lake's root, null if there is none."""
        if self._file is None:
            return None
        self._file.close()
        sync_file(self._path)
        return self._name


def _bytes(raw: bytes) -> dict[str, str]:
    try:
        return {"text": raw.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode()}


def read_quarantine(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a quarantine file, with the bytes under `raw`."""
    with gzip.open(path, "rb") as lines:
        for line in lines:
            value = json.loads(line)
            text = value.pop("text", None)
            kept = base64.b64decode(value.pop("base64", "")) if text is None else text.encode()
            yield {**value, "raw": kept}
