"""Local files and folders.

A folder is walked to its leaves in the order of names. Hidden files and folders (`.DS_Store`,
`.git`) are no deliveries and are passed over, unless named as a source themselves. Links are
followed; a folder reached twice, by a loop of links or otherwise, is walked once.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from ingest.errors import WrongUseError
from ingest.problems import Problem, Reason
from ingest.sources.base import KeyHint, Memory, SourceObject
from ingest.sources.keys import key_hint


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Opens a file by its path."""

    path: str

    def __call__(self) -> BinaryIO:
        """The file's bytes as stored."""
        return open(self.path, "rb")  # noqa: PTH123  (the caller closes it)


def file_uri(path: str) -> str:
    """The address of a file: its absolute path, or a `file:` URI where that is no Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return Path(path).as_uri()
    return path


def file_path(uri: str) -> str:
    """The path of an address made by `file_uri`."""
    if uri.startswith("file://"):
        return os.fsdecode(unquote_to_bytes(uri.removeprefix("file://")))
    return uri


def etag_of(status: os.stat_result) -> str:
    """Changes when the file does: its size and the time of its last change."""
    return f"{status.st_size}-{status.st_mtime_ns}"


def local_object(path: str) -> SourceObject:
    """The object of one file. Raises FileNotFoundError if it is gone."""
    uri = file_uri(path)
    try:
        status = os.stat(path)  # noqa: PTH116  (thousands of files: no Path for each)
    except FileNotFoundError:
        raise
    except OSError as error:
        return unreadable(path, error.strerror or str(error))
    if not stat.S_ISREG(status.st_mode):
        return unreadable(path, "it is no regular file")
    return SourceObject(uri, etag_of(status), status.st_size, key_hint(uri), OpenFile(path))


def unreadable(path: str, detail: str) -> SourceObject:
    """An object that the listing already knows to be unreadable."""
    problem = Problem(Reason.UNREADABLE, detail)
    return SourceObject(file_uri(path), "unreadable", 0, KeyHint(), OpenFile(path), problem)


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A file or a folder."""

    path: Path
    _seen: set[tuple[int, int]] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise WrongUseError(
                self.path,
                f"{self.path} does not exist: name a file or folder that holds CloudTrail logs "
                "or AWS Config files.",
            ) from None
        except OSError as error:
            raise WrongUseError(
                self.path,
                f"{self.path} cannot be read ({error.strerror}): name one that can, or give "
                "yourself the right to read it.",
            ) from None

    def objects(self, memory: Memory) -> Iterator[SourceObject]:
        """Every file under the path, in the order of names: a folder tells all at once."""
        del memory
        self._seen.clear()
        path = str(self.path.resolve())
        if self.path.is_dir():
            yield from self._walk(path)
        else:
            yield local_object(path)

    def _walk(self, folder: str) -> Iterator[SourceObject]:
        try:
            status = os.stat(folder)  # noqa: PTH116
            if (status.st_dev, status.st_ino) in self._seen:
                return
            self._seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield unreadable(folder, error.strerror or str(error))
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir():
                    yield from self._walk(entry.path)
                else:
                    yield local_object(entry.path)
            except FileNotFoundError:
                # A link to nothing, or a file that went away since it was listed.
                yield unreadable(entry.path, "it is gone, or a link to nothing")
            except OSError as error:
                yield unreadable(entry.path, error.strerror or str(error))
