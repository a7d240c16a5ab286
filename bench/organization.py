"""Builds of events together with configuration items: an organization of the demo's."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Final

from bench.building import build, grown, model_seconds
from bench.measure import tarn
from bench.report import Figure
from demo.cli import main as demo

_DAY: Final = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})/")
_START: Final = date(2025, 3, 1)
# Of 500,000 events over so many days, the demo makes 100,000 items and a little more.
_DAYS: Final = 126


def whole(folder: Path, scratch: Path, events: int) -> list[Figure]:
    """The first build of events and items with all its tests, its time and its memory."""
    deliveries, lake = _deliveries(scratch / "whole", events, _DAYS), scratch / "whole-lake"
    shutil.rmtree(lake, ignore_errors=True)
    _ingest(deliveries, lake)
    # The second build finds the project parsed, as every build but a project's first does.
    tarn("build", "--force", folder=folder, root=lake)
    taken = tarn("build", "--full-refresh", "--force", folder=folder, root=lake)
    models = model_seconds(folder)
    sampled = tarn("build", "--full-refresh", "--force", folder=folder, root=lake, memory=True)
    what = f"{events:,} events and {_items(lake):,} configuration items"
    return [
        Figure(f"{what}: `tarn build`, all tests", f"{taken.seconds:.0f} s", reach="under 60 s"),
        Figure("of it the models", f"{models:.1f} s"),
        Figure("its memory", f"{sampled.memory / 1e6:,.0f} MB", reach="under 4,000 MB"),
    ]


def growth(folder: Path, scratch: Path, many: int, events: int, runs: int) -> list[Figure]:
    """One new day with its items, on two days and on many: of both the same days."""
    length = many + runs
    deliveries = _deliveries(scratch / "year", events * length, length)

    def add(days: int, first: int, count: int) -> float:
        lake = scratch / f"grown-{days}-lake"
        if first == 0:
            shutil.rmtree(lake, ignore_errors=True)
        start = many - days + first
        _ingest(_of_days(deliveries, range(start, start + count), scratch / "grown"), lake)
        return build(folder, lake)

    return grown(f"a new day of {events:,} events and its items", many, runs, add)


def _deliveries(folder: Path, events: int, days: int) -> Path:
    sizes = ("--events", str(events), "--days", str(days), "--start", _START.isoformat())
    demo([str(folder), *sizes])
    return folder / "deliveries"


def _of_days(deliveries: Path, days: range, folder: Path) -> Path:
    """A folder with the deliveries of some days, from 0, as links."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in deliveries.rglob("*"):
        found = _DAY.search(str(path))
        if path.is_file() and found and (_day_of(found) - _START).days in days:
            target = folder / path.relative_to(deliveries)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
    return folder


def _day_of(found: re.Match[str]) -> date:
    year, month, day = map(int, found.groups())
    return date(year, month, day)


def _ingest(deliveries: Path, lake: Path) -> None:
    # The demo delivers broken files too, which are set aside.
    tarn("ingest", str(deliveries), root=lake, expected=(0, 3))


def _items(lake: Path) -> int:
    from duckdb import sql

    landed = lake / "landing" / "configuration_items"
    count = sql(f"select count(*) from '{landed}/**/*.parquet'").fetchone()
    assert count is not None
    return int(count[0])
