"""Runs that end by SIGKILL at a chosen step: a server that has imported everything forks for each.

    python killing.py

Reads a JSON object a line from stdin: `job` names a function of JOBS, `arguments` are its own,
`step` is where to die, null to run to the end. Answers with a line: `status` as `os.waitpid` has
it, `steps` that were come past, `error` if it raised. A step is the moment before or after
something that changes the disk: a system call that Python makes, a statement of SQLite, a
statement that dbt sends. A run that is killed takes its workers with it.
"""

import contextlib
import json
import os
import resource
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
NOBODY: Final = 65534
PRELOADED: Final = (
    *("ingest.job", "ingest.landing.repair", "ingest.landing.settle", "ingest.status"),
    *("tarn.cli", "tarn.commands.ingest", "tarn.commands.status", "tarn.commands.verification"),
    "pandas",  # pyarrow imports it, where it is there, for the first list that it is given
)
AUDITED: Final = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}
)


@contextlib.contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory, where there is one: a killed process loses nothing that it wrote, so
    that nothing is gained by waiting for a disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended. `steps` is null for one that was killed."""

    killed: bool
    steps: int | None
    error: str | None


class Runner:
    """A server to which runs are sent."""

    def __init__(self, *preload: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        environment.pop("TARN_ROOT", None)
        self._process = subprocess.Popen(
            [sys.executable, __file__, *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def run(
        self, job: str, *arguments: Any, step: int | None = None, seconds: float | None = None
    ) -> Ended:
        """Run a job to its end, to a step, or for a time."""
        order = {"job": job, "arguments": arguments, "step": step, "seconds": seconds}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order, default=str) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def parse(self, folder: Path, root: Path) -> None:
        """Have the server parse a dbt project, once for all runs that come."""
        ended = self.run("parse", folder, root)
        assert ended.error is None, ended.error

    def close(self) -> None:
        """End the server."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@dataclass
class _Steps:
    """Counts steps, and dies at the chosen one."""

    last: int | None
    count: int = 0

    def take(self) -> None:
        """Come past a step."""
        if self.count == self.last:
            os.killpg(0, signal.SIGKILL)
        self.count += 1

    def around(self, owner: Any, name: str) -> None:
        """Make a function two steps: one before it, one after."""
        real = getattr(owner, name)

        def stepped(*arguments: Any, **options: Any) -> Any:
            self.take()
            result = real(*arguments, **options)
            self.take()
            return result

        setattr(owner, name, stepped)

    def watch(self) -> None:
        """Make a step of what changes the disk."""

        def audit(name: str, arguments: tuple[Any, ...]) -> None:
            creates = name == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
            if name in AUDITED or creates:
                self.take()

        sys.addaudithook(audit)
        self.around(os, "fsync")
        connection = type("Connection", (sqlite3.Connection,), {})
        for name in ("execute", "executemany", "executescript", "close"):
            setattr(connection, name, _stepped_method(self, getattr(sqlite3.Connection, name)))
        real = sqlite3.connect
        sqlite3.connect = lambda *given, **options: real(  # type: ignore[assignment]
            *given, **{"factory": connection, **options}
        )
        if "dbt.adapters.duckdb.environments.local" in sys.modules:
            from dbt.adapters.duckdb.environments.local import DuckDBCursorWrapper

            DuckDBCursorWrapper.execute = _stepped_method(self, DuckDBCursorWrapper.execute)


def _stepped_method(steps: _Steps, real: Callable[..., Any]) -> Callable[..., Any]:
    def stepped(self: Any, *arguments: Any, **options: Any) -> Any:
        steps.take()
        result = real(self, *arguments, **options)
        steps.take()
        return result

    return stepped


def _ingest(root: str, *sources: str, workers: int = 1) -> None:
    """Land sources, an object a batch."""
    from ingest import batches, job

    batches._SMALLEST = batches._LARGEST = 1  # type: ignore[misc]
    request = job.Request(Path(root), sources, workers=workers)
    job.run(request, clock=lambda: datetime.now(UTC))


def _ingest_with_workers(root: str, *sources: str) -> None:
    """Land sources in two processes."""
    _ingest(root, *sources, workers=2)


def _retry(root: str) -> None:
    """Read again what was set aside."""
    from ingest import job

    job.run(job.Request(Path(root), retry_failed=True), clock=lambda: datetime.now(UTC))


def _repair(root: str) -> None:
    """Make a lost manifest anew, and settle what is damaged."""
    _tarn(root, "status", "--verify", "--repair")


def _unprivileged(root: str, *arguments: str) -> None:
    """Run `tarn` as somebody to whom the rights of files apply."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    _tarn(root, *arguments)


def _limited(folder: str, root: str, size: int, *arguments: str) -> None:
    """Run `tarn` in a project where no file can grow beyond a size, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    os.chdir(folder)
    _tarn(root, *arguments)


def _tarn(root: str, *arguments: str) -> None:
    from tarn.cli import main

    os.environ["TARN_ROOT"] = root
    main(list(arguments), prog_name="tarn", standalone_mode=False)


def _compact(root: str) -> None:
    """Merge what landed."""
    _tarn(root, "compact")


# The manifests of projects that this server has parsed.
_PARSED: dict[str, Any] = {}


def _dbt(folder: str, root: str, *arguments: str) -> None:
    """Run dbt in a project."""
    from building import invoke_dbt

    from tarn.project import Project

    parsed = _PARSED.get(folder)
    outcome = invoke_dbt(
        Project(Path(folder), Path(root)), *arguments, "--no-write-json", parsed=parsed
    )
    if not outcome.success:
        raise RuntimeError(outcome.exception or str(outcome.result.results))
    if arguments == ("parse",):
        _PARSED[folder] = outcome.result


def _build(folder: str, root: str) -> None:
    """Run `tarn build` in a project."""
    os.chdir(folder)
    _tarn(root, "build")


JOBS: Final[dict[str, Callable[..., None]]] = {
    "ingest": _ingest,
    "ingest_with_workers": _ingest_with_workers,
    "retry": _retry,
    "repair": _repair,
    "compact": _compact,
    "dbt": _dbt,
    "build": _build,
    "unprivileged": _unprivileged,
    "limited": _limited,
}


def _parse(order: dict[str, Any]) -> None:
    """Parse in the server itself, so that every run has it from the beginning."""
    error = None
    # Python's tracker of semaphores begins here, and would complain of what a killed run left.
    kept, quiet = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    try:
        _dbt(*order["arguments"], "parse")
    except RuntimeError as failure:
        error = str(failure)
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(quiet)
    print(json.dumps({"killed": False, "steps": None, "error": error}), flush=True)


def _child(order: dict[str, Any], told: int) -> None:
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    steps = _Steps(order["step"])
    error = None
    try:
        steps.watch()
        JOBS[order["job"]](*order["arguments"])
    except BaseException:
        error = traceback.format_exc()
    os.write(told, json.dumps({"steps": steps.count, "error": error}).encode())
    os._exit(0)


def _serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        if order["job"] == "parse":
            _parse(order)
            continue
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _child(order, writing)
        os.close(writing)
        with contextlib.suppress(PermissionError):
            os.setpgid(child, child)  # as the child does: whoever comes first
        if (
            order["seconds"] is not None
            and not select.select([reading], [], [], order["seconds"])[0]
        ):
            os.killpg(child, signal.SIGKILL)
        with os.fdopen(reading, "rb") as pipe:
            text = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        outcome = json.loads(text) if text else {"steps": None, "error": None}
        print(json.dumps({"killed": killed, **outcome}), flush=True)


if __name__ == "__main__":
    for module in (*PRELOADED, *sys.argv[1:]):
        import_module(module)
    _serve()
