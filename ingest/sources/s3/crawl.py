"""Lists many folders at once."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Generic, TypeVar

Step = TypeVar("Step")
Found = TypeVar("Found")

# Parts found that wait for whoever takes them: as much as a few requests bring.
_WAITING: Final = 64


class Crawl(Generic[Step, Found]):
    """Does steps in threads: each may give what it found, and further steps."""

    def __init__(
        self, do: Callable[[Step], Iterable[Found | list[Step]]], first: Step, threads: int
    ) -> None:
        self._do = do
        self._steps: queue.SimpleQueue[Step | None] = queue.SimpleQueue()
        self._found: queue.Queue[Found | BaseException | None] = queue.Queue(_WAITING)
        self._open = 1
        self._stopped = False
        self._lock = threading.Lock()
        self._threads = threads
        self._steps.put(first)

    def run(self) -> Iterator[Found]:
        """What is found, as it is. Raises what a step raises."""
        for _ in range(self._threads):
            threading.Thread(target=self._work, daemon=True).start()
        try:
            while (found := self._found.get()) is not None:
                if isinstance(found, BaseException):
                    raise found
                yield found
        finally:
            self._stopped = True
            for _ in range(self._threads):
                self._steps.put(None)
            while not self._found.empty():  # for a thread that waits to put more
                self._found.get_nowait()

    def _work(self) -> None:
        while (step := self._steps.get()) is not None and not self._stopped:
            try:
                for found in self._do(step):
                    if self._stopped:
                        return
                    if isinstance(found, list):
                        self._add(found)
                    else:
                        self._found.put(found)
            except BaseException as error:
                self._found.put(error)
                return
            with self._lock:
                self._open -= 1
                if not self._open:
                    self._found.put(None)

    def _add(self, steps: list[Step]) -> None:
        with self._lock:
            self._open += len(steps)
        for step in steps:
            self._steps.put(step)
