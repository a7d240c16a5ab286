"""Cuts the objects of a run into batches, and does them, a process a core."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ingest.errors import InterruptedRunError
from ingest.landing import batch
from ingest.landing.batch import Report, Result, Task
from ingest.limits import MEBIBYTE
from ingest.sources.base import SourceObject

# Bytes as stored. Starting a process costs what landing some megabytes does.
_WORTH_A_PROCESS: Final = 8 * MEBIBYTE
# A request costs what landing so many bytes does.
_A_REQUEST: Final = 16 * 1024
_SMALLEST: Final = 8 * MEBIBYTE
_LARGEST: Final = 256 * MEBIBYTE
_MOST_OBJECTS: Final = 20_000
_A_WORKERS_MEMORY: Final = 600 * MEBIBYTE
_POLL_SECONDS: Final = 0.1
# Workers that come of one server share its imports; on macOS a fork is not safe to make.
_START: Final = "forkserver" if sys.platform == "linux" else "spawn"


def cut(objects: Sequence[SourceObject], workers: int) -> Iterator[tuple[SourceObject, ...]]:
    """Batches of neighbouring days, so that each day gets few and large files."""
    ordered = sorted(objects, key=lambda one: (one.hint.day or date.min, one.uri))
    total = sum(one.size for one in ordered)
    target = min(max(total // (2 * workers), _SMALLEST), _LARGEST)
    part: list[SourceObject] = []
    size = 0
    for one in ordered:
        new_day = bool(part) and part[-1].hint.day != one.hint.day
        enough = size >= (target if new_day else 2 * target)
        if part and (enough or len(part) >= _MOST_OBJECTS):
            yield tuple(part)
            part, size = [], 0
        part.append(one)
        size += one.size
    if part:
        yield tuple(part)


def worker_count(objects: Sequence[SourceObject], asked: int | None) -> int:
    """How many processes are worth starting: a core each, if there is memory and work."""
    if asked is not None:
        return max(asked, 1)
    requests = sum(one.is_remote for one in objects)
    work = (sum(one.size for one in objects) + requests * _A_REQUEST) // _WORTH_A_PROCESS
    memory = available_memory() // _A_WORKERS_MEMORY
    return max(min(_cores(), work, memory), 1)


def _cores() -> int:
    """The cores that this process may use; where the system does not tell, all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available_memory() -> int:
    """Bytes of memory that may be used without swapping."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:  # noqa: PTH123
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def do(tasks: Iterator[Task], workers: int, report: Report) -> Iterator[Result]:
    """The results of tasks, as they are done. A task is taken when it can be begun.

    Raises LakeWriteError, and InterruptedRunError if a worker was killed.
    """
    if workers == 1:
        for task in tasks:
            yield batch.run(task, report)
        return
    yield from _in_processes(tasks, workers, report)


@dataclass(slots=True)
class _Counters:
    """What workers have done, in memory that they share."""

    shared: Any
    told: tuple[int, int, int] = (0, 0, 0)

    def tell(self, report: Report) -> None:
        """Report what is new."""
        now = tuple(self.shared)
        if now != self.told:
            report(*(new - old for new, old in zip(now, self.told, strict=True)))
            self.told = now


def _in_processes(tasks: Iterator[Task], workers: int, report: Report) -> Iterator[Result]:
    context = multiprocessing.get_context(_START)
    if _START == "forkserver":
        context.set_forkserver_preload(["ingest.without_numpy", "ingest.landing.batch"])
    counters = _Counters(context.Array("q", 3))
    given = (counters.shared, dict(os.environ))
    pool = ProcessPoolExecutor(workers, context, _start_worker, given)
    running: set[Future[Result]] = set()
    try:
        while True:
            while len(running) < workers and (task := next(tasks, None)) is not None:
                running.add(pool.submit(_work, task))
            if not running:
                return
            done, running = wait(running, _POLL_SECONDS, FIRST_COMPLETED)
            counters.tell(report)
            for future in done:
                yield future.result()
    except BrokenProcessPool as error:
        raise InterruptedRunError(
            "worker",
            "A worker process was killed, perhaps for want of memory: run the same command "
            "again, with `--workers 1` if it happens again; nothing is lost.",
        ) from error
    finally:
        _stop(pool)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: what they have not finished is not wanted any more."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


_report: Callable[[int, int, int], None] | None = None


def _start_worker(shared: Any, environment: dict[str, str]) -> None:
    """Make a fresh process a worker: it leaves Ctrl-C to its parent, and dies with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The forking server has the environment of its own start, perhaps with other AWS credentials.
    os.environ.clear()
    os.environ.update(environment)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()

    def count(*new: int) -> None:
        with shared.get_lock():
            for place, number in enumerate(new):
                shared[place] += number

    global _report
    _report = count


def _die_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _work(task: Task) -> Result:
    assert _report is not None
    return batch.run(task, _report)
