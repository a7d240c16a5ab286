"""Runs a program and tells what it took: seconds, CPU seconds and peak memory, of it and of every
process that it started."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

_SET_CHILD_SUBREAPER: Final = 36
_SAMPLE_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took. `memory` is the largest sum of proportional set sizes (memory that several
    processes share counts once) among samples, in bytes; 0 if it was not sampled."""

    seconds: float
    cpu: float
    memory: int
    output: str


def run(
    arguments: Sequence[str],
    *,
    folder: Path | None = None,
    root: Path | None = None,
    memory: bool = False,
    expected: Sequence[int] = (0,),
) -> Taken:
    """Run a program to its end, with one of the expected exit codes. Sampling memory slows it, so
    that time is measured without."""
    # What it leaves running becomes a child of this process, and is waited for and counted.
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    environment.pop("TARN_ROOT", None)
    if root is not None:
        environment["TARN_ROOT"] = str(root)
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    sampler = _Sampler(process.pid)
    if memory:
        sampler.start()
    output, told = process.communicate()
    seconds = time.perf_counter() - started
    sampler.stop()
    _reap()
    after = os.times()
    if process.returncode not in expected:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{told.decode()}")
    cpu = after.children_user + after.children_system - before.children_user
    return Taken(seconds, cpu - before.children_system, sampler.peak, output.decode())


def tarn(*arguments: str, **options: Any) -> Taken:
    """Run the `tarn` command."""
    return run([str(Path(sys.executable).with_name("tarn")), *arguments], **options)


def in_turn(programs: dict[str, Callable[[], Taken]], runs: int) -> dict[str, list[Taken]]:
    """What programs took in some runs, in turn, so that none has the quieter machine."""
    found: dict[str, list[Taken]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            found[name].append(program())
    return found


def median_cpu(taken: Sequence[Taken]) -> float:
    """The median of CPU seconds."""
    return median(one.cpu for one in taken)


def _reap() -> None:
    """Wait for what a program left running."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


class _Sampler:
    """Samples the memory of a process and its descendants, in a thread."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.peak = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._done.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(_SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(map(_memory, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
