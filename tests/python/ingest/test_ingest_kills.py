"""Killed at any step, and run again: the same lake as without.

A step is the moment before or after something that changes the disk. TARN_FAULT_INSTANTS says at
how many of them each scenario is killed (`make faults`: 200); which ones is chosen by a seed.
"""

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killing import Ended, Runner, quick_folder
from lake_likeness import facts
from small_lakes import event, item, log, put

INSTANTS = int(os.environ.get("TARN_FAULT_INSTANTS", "0"))
BROKEN = {**event(2), "eventTime": None}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    server = Runner()
    yield server
    server.close()


@pytest.fixture
def lakes() -> Iterator[Path]:
    """Where the lakes of a test are made."""
    with quick_folder() as folder:
        yield folder


def whole(ended: Ended) -> None:
    """Fails with the error of a run that was to come to its end."""
    assert not ended.killed
    assert ended.error is None, ended.error


def chosen(steps: int, few: int, seed: int = 7) -> list[int]:
    """Steps spread evenly over a run, from the first to the last."""
    count = min(INSTANTS or few, steps)
    chance = random.Random(seed)
    return [chance.randrange(n * steps // count, (n + 1) * steps // count) for n in range(count)]


def fill(source: Path) -> None:
    """Objects of both kinds, of several days, one of them broken and one of them no log."""
    source.mkdir()
    days = [{"eventTime": f"2023-07-1{day}T12:00:00Z"} for day in range(2)]
    put(source, "a.json.gz", log([event(0, **days[0]), event(1, **days[1])]))
    put(source, "b.json.gz", log([event(3, **days[1]), BROKEN]))
    put(source, "items.json", json.dumps([item(n) for n in range(2)]).encode(), zipped=False)
    put(source, "LICENSE", b"no log", zipped=False)


def add_more(source: Path) -> None:
    """Later deliveries: new objects, and one that has changed."""
    put(source, "c.json.gz", log([event(5), event(6, eventTime="2023-07-11T00:00:00Z")]))
    put(source, "items.json", json.dumps([item(n) for n in range(4)]).encode(), zipped=False)


def kill_everywhere(
    runner: Runner, few: int, before: Path, job: str, *sources: Path, then: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Kill a job over copies of a lake, and its recovery too; then run it, and what is to follow,
    to the end. What is right is told by a run that nobody disturbs."""

    def copy(name: str) -> Path:
        root = before.parent / name
        shutil.copytree(before, root) if before.exists() else None
        return root

    def finish(root: Path) -> dict[str, Any]:
        whole(runner.run(job, root, *sources))
        for other in then:
            whole(runner.run(other, root))
        return facts(root)

    counted = runner.run(job, copy("counted"), *sources)
    whole(counted)
    assert counted.steps
    right = finish(copy("right"))
    for number, step in enumerate(chosen(counted.steps, few)):
        root = copy(f"killed-{step}")
        assert runner.run(job, root, *sources, step=step).killed
        if number % 2:
            runner.run(job, root, *sources, step=random.Random(step).randrange(counted.steps))
        assert finish(root) == right, f"killed at step {step} of {counted.steps}"
        shutil.rmtree(root)
    return right


def test_a_first_ingest(runner: Runner, tmp_path: Path, lakes: Path) -> None:
    source = tmp_path / "source"
    fill(source)
    right = kill_everywhere(runner, 8, lakes / "none", "ingest", source)
    assert len(right["rows"]) == 5


def test_a_later_ingest(runner: Runner, tmp_path: Path, lakes: Path) -> None:
    source = tmp_path / "source"
    fill(source)
    whole(runner.run("ingest", lakes / "before", source))
    add_more(source)
    right = kill_everywhere(runner, 8, lakes / "before", "ingest", source)
    assert len(right["rows"]) == 5 + 2 + 4


def test_a_retry(runner: Runner, tmp_path: Path, lakes: Path) -> None:
    source = tmp_path / "source"
    fill(source)
    whole(runner.run("ingest", lakes / "before", source))
    put(source, "b.json.gz", log([event(3, eventTime="2023-07-11T12:00:00Z"), event(2)]))
    right = kill_everywhere(runner, 6, lakes / "before", "retry")
    assert len(right["rows"]) == 6


def test_a_repair(runner: Runner, tmp_path: Path, lakes: Path) -> None:
    """The manifest is lost, a landed file too, another is altered, and a ledger file is gone."""
    source = tmp_path / "source"
    fill(source)
    before = lakes / "before"
    whole(runner.run("ingest", before, source))
    rows = facts(before)["rows"]
    first, second = sorted(before.glob("landing/cloudtrail_events/*/event_date=2*/*.parquet"))[:2]
    first.unlink()
    second.write_bytes(b"PAR1")
    for path in before.glob("manifest.sqlite*"):
        path.unlink()
    right = kill_everywhere(runner, 6, before, "repair", then=("retry",))
    assert right["rows"] == rows


def test_a_settlement_that_writes_the_ledger_anew(
    runner: Runner, tmp_path: Path, lakes: Path
) -> None:
    source = tmp_path / "source"
    fill(source)
    before = lakes / "before"
    whole(runner.run("ingest", before, source))
    rows = facts(before)["rows"]
    for path in before.glob("landing/ledger/2*.parquet"):
        path.unlink()
    next(before.glob("landing/configuration_items/*/captured_date=2*/*.parquet")).unlink()
    right = kill_everywhere(runner, 6, before, "repair", then=("retry",))
    assert right["rows"] == rows


def test_an_ingest_with_workers_at_any_time(runner: Runner, tmp_path: Path, lakes: Path) -> None:
    source = tmp_path / "source"
    fill(source)
    whole(runner.run("ingest_with_workers", lakes / "right", source))
    right = facts(lakes / "right")
    chance = random.Random(11)
    for number in range(INSTANTS or 4):
        root = lakes / f"killed-{number}"
        runner.run("ingest_with_workers", root, source, seconds=chance.uniform(0, 0.8))
        whole(runner.run("ingest_with_workers", root, source))
        assert facts(root) == right
