"""One ingest and one build at a time: locks that name their holders and die with them."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname

from ingest.errors import LockedError
from ingest.landing.layout import make_folder


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


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 4096, 0))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}: " + str(
            holder["command"]
        )
    except (ValueError, KeyError):
        return "its name could not be read"
