"""Fetches remote objects while others are read: a small object is all waiting for an answer."""

import io
import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from ingest.errors import SourceError
from ingest.limits import MEBIBYTE
from ingest.problems import ObjectError, Reason
from ingest.sources.base import SourceObject

_THREADS: Final = 16
# A larger object is not fetched ahead, but read as it comes.
_LARGEST: Final = 8 * MEBIBYTE
_MOST_BYTES: Final = 48 * MEBIBYTE
_MOST_OBJECTS: Final = 256
# So many in a row, and there is no use in trying the rest.
_FAILURES: Final = 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """Opens what has been fetched, or raises what came in its place."""

    content: bytes | ObjectError

    def __call__(self) -> BinaryIO:
        """The object's bytes. Raises ObjectError."""
        if isinstance(self.content, ObjectError):
            raise self.content
        return io.BytesIO(self.content)


def ahead(objects: Sequence[SourceObject]) -> Iterator[SourceObject]:
    """The objects in their order, remote ones with their content.

    Raises SourceError where none of the rest can be read.
    """
    if not any(_is_fetched(one) for one in objects):
        yield from objects
        return
    fetching = _Fetching()
    try:
        yield from fetching.run(objects)
    finally:
        fetching.stop()


def _is_fetched(one: SourceObject) -> bool:
    return one.is_remote and one.problem is None and one.size <= _LARGEST


def _cost(one: SourceObject) -> int:
    return one.size if _is_fetched(one) else 0


class _Fetching:
    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[SourceObject, Future[bytes]] | None] = (
            queue.SimpleQueue()
        )
        self._stopped = threading.Event()
        self._failures = 0
        for _ in range(_THREADS):
            threading.Thread(target=self._work, daemon=True).start()

    def run(self, objects: Sequence[SourceObject]) -> Iterator[SourceObject]:
        """The objects in their order, a bounded number of bytes ahead."""
        waiting: deque[tuple[SourceObject, Future[bytes] | None]] = deque()
        held = 0
        rest = iter(objects)
        following = next(rest, None)
        while waiting or following is not None:
            while following is not None and (
                held + _cost(following) <= _MOST_BYTES and len(waiting) < _MOST_OBJECTS
            ):
                held += _cost(following)
                waiting.append((following, self._begin(following)))
                following = next(rest, None)
            one, future = waiting.popleft()
            yield one if future is None else self._fetched(one, future)
            held -= _cost(one)

    def stop(self) -> None:
        """Let the threads end when they have finished what they do."""
        self._stopped.set()
        for _ in range(_THREADS):
            self._jobs.put(None)

    def _begin(self, one: SourceObject) -> Future[bytes] | None:
        if not _is_fetched(one):
            return None
        future: Future[bytes] = Future()
        self._jobs.put((one, future))
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None and not self._stopped.is_set():
            one, future = job
            try:
                with one.open() as file:
                    future.set_result(file.read())
            except BaseException as error:
                future.set_exception(error)

    def _fetched(self, one: SourceObject, future: Future[bytes]) -> SourceObject:
        try:
            content = future.result()
        except ObjectError as error:
            self._count(one, error)
            return replace(one, open=Fetched(error))
        self._failures = 0
        return replace(one, open=Fetched(content))

    def _count(self, one: SourceObject, error: ObjectError) -> None:
        """Raise SourceError if nothing can be read any more."""
        if error.reason is not Reason.UNREADABLE:
            return
        self._failures += 1
        if self._failures >= _FAILURES:
            raise SourceError(
                one.uri,
                f"The last {_FAILURES} objects could not be read, the last one {one.uri} "
                f"({error}): mend that, then run the same command again, it takes up the rest.",
                passing=error.passing,
            )
