"""`tarn ingest --follow` goes on until Ctrl-C."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_lakes import event, landed, log, put

from ingest import job
from ingest.errors import LockedError, SourceError
from tarn.commands import ingest

Tarn = Callable[..., Any]


def waits(monkeypatch: pytest.MonkeyPatch, *doings: Callable[[], object]) -> None:
    """Have something happen in each wait between two rounds, and Ctrl-C in the last one."""
    left: Iterator[Callable[[], object]] = iter(doings)

    def wait(seconds: float) -> None:
        assert seconds == 7
        doing = next(left, None)
        if doing is None:
            raise KeyboardInterrupt
        doing()

    monkeypatch.setattr(ingest.time, "sleep", wait)


def test_what_comes_later_is_landed_and_told_in_a_line(
    tarn: Tarn, source: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(source, "a.json", log([event(1)]))
    waits(monkeypatch, lambda: put(source, "b.json", log([event(2), event(3)])), lambda: None)
    done = tarn("ingest", source, "--follow", "7")
    assert done.exit_code == 0, done.output
    told = [line.split("  ", 1)[1] for line in done.stdout.splitlines()]
    assert told == [
        "1 new objects, 1 records in cloudtrail landed",
        "1 new objects, 2 records in cloudtrail landed",
        "0 new objects, no records landed",
    ]
    assert len(landed(root)) == 3


def test_each_round_is_a_line_of_json(
    tarn: Tarn, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(source, "a.json", b"no json")
    waits(monkeypatch, lambda: put(source, "b.json", log([event(2)])))
    done = tarn("ingest", source, "--follow", "7", "--json")
    assert done.exit_code == 3
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["quarantined"] for one in rounds] == [1, 0]


def test_what_may_pass_ends_nothing_and_what_stays_does(
    tarn: Tarn, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = iter(
        [
            SourceError("s3://b", "S3 does not answer.", passing=True),
            LockedError("lake", "Another run holds the lake."),
            SourceError("s3://b", "There is no bucket b."),
        ]
    )

    def fail(*_: object, **__: object) -> None:
        raise next(errors)

    monkeypatch.setattr(job, "run", fail)
    waits(monkeypatch, lambda: None, lambda: None)
    done = tarn("ingest", source, "--follow", "7")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "S3 does not answer. Trying again in 7 s.",
        "Another run holds the lake. Trying again in 7 s.",
        "Error: There is no bucket b.",
    ]


def test_stopped_within_a_round(tarn: Tarn, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(job, "run", stop)
    done = tarn("ingest", source, "--follow", "7")
    assert done.exit_code == 130
    assert "run the same command again" in done.stderr
