"""Whatever happens to a run, the lake is whole or the next run makes it so."""

import errno
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_lakes import NOW, contents, die, event, ingest, item, log, put

from ingest.errors import (
    DamagedManifestError,
    InterruptedRunError,
    LakeWriteError,
    LockedError,
    NewerLakeError,
)
from ingest.landing import commit, lock
from ingest.landing.layout import EMPTY, LANDING, ensure_landing
from ingest.landing.repair import repair
from ingest.landing.schema import CATEGORIES
from ingest.status import read_status

REPOSITORY = Path(__file__).resolve().parents[3]
Tarn = Callable[..., Any]

# Runs an ingest of argv[2] into the lake argv[1], in batches of an object each.
PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ingest import batches, job
batches._SMALLEST = batches._LARGEST = 1
if __name__ == "__main__":
    request = job.Request(Path(sys.argv[1]), (sys.argv[2],), workers=int(sys.argv[3]))
    print("ready", flush=True)
    job.run(request, clock=lambda: datetime.now(UTC))
    memory = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(memory, flush=True)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return path


def _start(program: Path, root: Path, source: Path, workers: int = 1) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, str(program), str(root), str(source), str(workers)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _fill(source: Path, count: int = 12) -> None:
    for n in range(count):
        day = date(2023, 7, 1 + n)
        key = f"AWSLogs/111122223333/CloudTrail/eu-west-1/{day:%Y/%m/%d}/x.json.gz"
        put(source, key, log(event(n * 1000 + i) for i in range(50)))
    put(source, "config.json", json.dumps([item(n) for n in range(5)]).encode(), zipped=False)
    put(source, "LICENSE", b"no log", zipped=False)


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_instant_the_next_run_makes_the_same_lake(
    tmp_path: Path, source: Path, program: Path, workers: int
) -> None:
    _fill(source)
    ingest(tmp_path / "whole", source)
    chance = random.Random(workers)
    root = tmp_path / "lake"
    for _ in range(5):
        process = _start(program, root, source, workers)
        time.sleep(chance.uniform(0.0, 0.6 if workers == 1 else 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    ingest(root, source)
    assert contents(root) == contents(tmp_path / "whole")
    status = read_status(root, NOW)
    assert (status.pending, status.unexplained, status.missing) == ((), (), ())
    assert not list((root / "staging").glob("*"))
    assert ingest(root, source).new == 0


STEPS = ["write_ledger", "name_files", "_move", "commit", "discard_staging"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_stopped_before_or_after_each_step_of_a_commit(
    tmp_path: Path, source: Path, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a kill does: nothing is tidied up."""
    _fill(source, 3)
    ingest(tmp_path / "whole", source)
    root = tmp_path / "lake"
    owner: Any = commit if hasattr(commit, step) and step != "commit" else commit.Manifest
    real = getattr(owner, step)

    class Stopped(BaseException):
        pass

    def stop(*arguments: Any) -> Any:
        if after:
            real(*arguments)
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, stop)
        with pytest.raises(Stopped):
            ingest(root, source)
    summary = ingest(root, source)
    committed = step == "discard_staging" or (step == "commit" and after)
    finished = summary.mended_finished + summary.mended_undone
    assert finished == (0 if committed else 1)
    assert contents(root) == contents(tmp_path / "whole")
    status = read_status(root, NOW)
    assert (status.pending, status.unexplained, status.missing) == ((), (), ())


def test_only_one_ingest_at_a_time_and_the_other_is_named(
    root: Path, source: Path, tarn: Tarn
) -> None:
    with lock.hold(root, "tarn ingest there", "2024-01-01T00:00:00Z"):
        with pytest.raises(LockedError, match=f"process {os.getpid()} on .* tarn ingest there"):
            ingest(root, source)
        outcome = tarn("ingest", source)
        assert outcome.exit_code == 1
        assert "Another ingest is at work" in outcome.stderr
    ingest(root, source)


def test_a_lake_made_by_a_newer_tarn_is_left_alone(root: Path, source: Path, tarn: Tarn) -> None:
    put(source, "a.json.gz", log([event(1)]))
    ingest(root, source)
    with sqlite3.connect(root / "manifest.sqlite") as manifest:
        manifest.execute("pragma user_version = 99")
    with pytest.raises(NewerLakeError, match=r"newer Tarn \(lake format 99"):
        ingest(root, source)
    assert tarn("status", "--repair").exit_code == 1
    assert tarn("status").exit_code == 1


@pytest.mark.parametrize("damage", ["garbage", "torn", "lost", "empty"])
def test_a_damaged_manifest_is_told_and_made_anew(
    root: Path, source: Path, damage: str, tarn: Tarn
) -> None:
    _fill(source, 3)
    ingest(root, source)
    put(source, "more.json.gz", log([event(5)]))
    ingest(root, source)
    before, whole = contents(root), read_status(root, NOW)
    path = root / "manifest.sqlite"
    stored = path.read_bytes()
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    if damage == "lost":
        path.unlink()
    else:
        path.write_bytes({"garbage": b"x" * 9000, "torn": stored[:5000], "empty": b""}[damage])
    with pytest.raises(DamagedManifestError, match="tarn status --repair"):
        ingest(root, source)
    outcome = tarn("status", "--repair")
    assert outcome.exit_code == 0, outcome.stderr
    assert "made anew" in outcome.stderr
    again = read_status(root, NOW)
    assert again.stores == whole.stores
    assert again.objects == whole.objects
    assert [(one.uri, one.reason) for one in again.quarantine] == [
        (one.uri, one.reason) for one in whole.quarantine
    ]
    assert (again.unexplained, again.missing) == ((), ())
    assert ingest(root, source).new == 0
    assert contents(root) == before


def test_repair_finishes_a_batch_that_was_being_put_in_place(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(source, 3)
    root = tmp_path / "lake"

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commit, "_move", stop)
        with pytest.raises(KeyboardInterrupt):
            ingest(root, source)
    for path in root.glob("manifest.sqlite*"):
        path.unlink()
    ensure_landing(root)
    outcome = repair(root, "now")
    assert outcome.mended.finished + outcome.mended.undone <= 1
    ingest(root, source)
    ingest(tmp_path / "whole", source)
    assert contents(root) == contents(tmp_path / "whole")


def test_a_sound_manifest_is_not_made_anew(root: Path, source: Path, tarn: Tarn) -> None:
    _fill(source, 2)
    ingest(root, source)
    assert "sound" in tarn("status", "--repair").stderr
    assert not list(root.glob("*.damaged-*"))


def test_a_full_disk_is_told_and_nothing_is_lost(root: Path, source: Path, tarn: Tarn) -> None:
    records = [event(n, requestID=random.Random(n).randbytes(400).hex()) for n in range(1500)]
    put(source, "a.json.gz", log(records))
    ensure_landing(root)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
        outcome = tarn("ingest", source, "--workers", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, previous)
    assert outcome.exit_code == 1
    assert "cannot be written" in outcome.stderr
    assert "run the same command again" in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1
    assert ingest(root, source).records == {"cloudtrail": 1500}


@pytest.mark.parametrize("where", ["write", "close", "publish"])
def test_no_room_at_any_step_is_told(
    root: Path, source: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(source, 2)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fail(*_: Any) -> None:
        raise full

    target = {
        "write": "ingest.landing.writer.LandingWriter.write",
        "close": "ingest.landing.writer.LandingWriter.close",
        "publish": "ingest.landing.commit._move",
    }[where]
    with monkeypatch.context() as patch:
        patch.setattr(target, fail)
        with pytest.raises(LakeWriteError, match="No space left on device"):
            ingest(root, source)
    ingest(root, source)
    assert len(contents(root)) == 105


def test_a_root_that_cannot_be_made_is_told(tmp_path: Path, source: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LakeWriteError, match=r"cannot be written"):
        ingest(tmp_path / "file" / "lake", source)


def test_a_killed_worker_is_told(root: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(source, 4)
    monkeypatch.setattr("ingest.batches._work", die)
    with pytest.raises(InterruptedRunError, match="worker process was killed"):
        ingest(root, source, workers=2)
    monkeypatch.undo()
    ingest(root, source)
    assert len(contents(root)) == 205


def test_two_processes_may_make_a_lake_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from ingest.landing.layout import ensure_landing\n"
        "for n in range(30): ensure_landing(Path(sys.argv[1]) / str(n))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=REPOSITORY)
        for _ in range(3)
    ]
    assert [process.wait() for process in processes] == [0, 0, 0]
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["empty.parquet"] * 90


def test_ctrl_c_leaves_a_lake_that_the_next_run_takes_up(
    tmp_path: Path, source: Path, tarn: Tarn, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(source, 3)

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ingest.landing.batch.read_object", interrupt)
        outcome = tarn("ingest", source)
    assert outcome.exit_code == 130
    assert "run the same command again" in outcome.stderr
    assert ingest(tmp_path / "lake", source).records_total == 155


def test_a_large_snapshot_fits_in_little_memory(tmp_path: Path, program: Path) -> None:
    """A snapshot of 260 MB, streamed: the peak is that of one of 15 GB."""
    source = tmp_path / "source"
    source.mkdir()
    one = json.dumps(item(1, configuration={"text": "x" * 3000}), separators=(",", ":"))
    with (source / "snapshot.json").open("w") as file:
        file.write('{"fileVersion":"1.0","configurationItems":[')
        for _ in range(70):
            file.write(",".join([one] * 1000) + ",")
        file.write(one + "]}")
    process = _start(program, tmp_path / "lake", source)
    told, _ = process.communicate()
    assert process.returncode == 0
    assert int(told) < 300 * 1024
    assert read_status(tmp_path / "lake", NOW).stores[1].records == 70_001


@pytest.mark.parametrize("damage", [b"", b"no parquet", None], ids=["cut", "altered", "with rows"])
def test_a_damaged_file_without_rows_is_made_anew(
    damage: bytes | None, root: Path, source: Path
) -> None:
    put(source, "a.json.gz", log([event(1)]))
    ingest(root, source)
    whole = sorted((root / LANDING).rglob(EMPTY))
    for path in whole:
        if damage is None:
            pq.write_table(pa.table({"a": [1]}), path)
        else:
            path.write_bytes(damage)
    ensure_landing(root)
    assert [pq.read_metadata(path).num_rows for path in whole] == [0] * len(whole)
    assert len(whole) == len(CATEGORIES) + 1
