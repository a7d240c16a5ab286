"""One ingest and one build at a time: locks that name their holders and die with them."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname
from typing import Final

from ingest.errors import LockedError
from ingest.landing.layout import READING, make_folder

_POLL_SECONDS: Final = 0.1
_PATIENCE: Final = 6_000


@contextmanager
def hold(root: Path, command: str, since: str, work: str = "ingest") -> Iterator[None]:
    """Hold the lake's lock for a kind of work. Raises LockedError, naming the holder, and
    OSError."""
    make_folder(root)
    handle = os.open(root / f"{work}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                root,
                f"Another {work} is at work on {root} ({_holder(handle)}): wait until it is "
                "done, then run this one again.",
            ) from None
        holder = {"pid": os.getpid(), "host": gethostname(), "since": since, "command": command}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(holder).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def begin_reading(root: Path) -> int:
    """Keep landed files from being taken away, until the handle is closed; waits for a compaction
    that is putting its files in place. Raises OSError."""
    make_folder(root)
    handle = os.open(root / READING, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


@contextmanager
def without_readers(root: Path) -> Iterator[None]:
    """Wait until no build reads landed files, and have none begin. Raises LockedError after ten
    minutes, and OSError."""
    handle = os.open(root / READING, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        for _ in range(_PATIENCE):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_POLL_SECONDS)
        else:
            raise LockedError(
                root,
                f"A build has been reading {root} for ten minutes: wait until it is done, then "
                "run this command again.",
            )
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 4096, 0))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}: " + str(
            holder["command"]
        )
    except (ValueError, KeyError):
        return "its name could not be read"
