"""Builds: all at once, again, and one new day on few days and on many."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from bench import generate
from bench.landing import landing, naive
from bench.measure import run, tarn
from bench.report import Figure
from tarn.scaffold import make_project

ROOT: Final = Path(__file__).resolve().parents[1]
# A year of large days at once would take all of a machine's memory.
_DAYS_AT_ONCE: Final = 73


def project(folder: Path) -> Path:
    """A project of the benchmark's own, as `tarn init` makes it."""
    shutil.rmtree(folder, ignore_errors=True)
    return make_project(folder, ROOT).folder


def build(folder: Path, lake: Path) -> float:
    """Build a lake; the sum of its models' times, in seconds."""
    tarn("build", "--force", folder=folder, root=lake)
    return model_seconds(folder)


def model_seconds(folder: Path) -> float:
    """The sum of the models' times in the run of dbt that was the last there, in seconds."""
    results = json.loads((folder / "target" / "run_results.json").read_text())["results"]
    models = [one for one in results if one["unique_id"].startswith("model.")]
    return float(sum(one["execution_time"] for one in models))


def whole(folder: Path, data: Path, scratch: Path, runs: int) -> list[Figure]:
    """First builds of what lands, and builds with nothing new, each with a baseline of its own: a
    machine changes its speed within minutes."""
    lake = scratch / "lake"
    firsts, others, ratios = [], [], []
    for _ in range(runs):
        baseline, landed = naive(data, scratch, "land")(), landing(data, scratch)()
        firsts.append(build(folder, lake))
        others.append(build(folder, lake))
        ratios.append((landed.cpu + firsts[-1]) / baseline.cpu)
    idle = tarn("build", folder=folder, root=lake)
    return [
        Figure(
            "first build: sum of the models' times",
            f"{median(firsts):.1f} s",
            f"landing and models {median(ratios):.2f} times naive",
            "at most 2.5",
        ),
        Figure("build with nothing new: sum of the models' times", f"{median(others):.1f} s"),
        Figure("`tarn build` with nothing new", f"{idle.seconds:.1f} s"),
    ]


def growth(folder: Path, scratch: Path, many: int, events: int, runs: int) -> list[Figure]:
    """One new day on two days and on many, without tests of the data: these read all of it."""

    def add(days: int, first: int, count: int) -> float:
        source, lake = scratch / "days", scratch / f"days-{days}-lake"
        if first == 0:
            shutil.rmtree(lake, ignore_errors=True)
        for begin in range(first, first + count, _DAYS_AT_ONCE):
            # What has landed is not kept: a year of large days takes more room than its lake.
            shutil.rmtree(source, ignore_errors=True)
            generate.days(source, begin, min(_DAYS_AT_ONCE, first + count - begin), events)
            tarn("ingest", str(source), root=lake)
            run([str(Path(sys.executable).with_name("dbt")), "run"], folder=folder, root=lake)
        return model_seconds(folder)

    return grown(f"a new day of {events:,} events", many, runs, add)


def grown(what: str, many: int, runs: int, add: Callable[[int, int, int], float]) -> list[Figure]:
    """One new day on two days and on many, in turn.

    `add` takes the days that a lake begins with, by which it is known, the first of the days to be
    added to it, from 0, and their number; it answers the models' seconds.
    """
    times: dict[int, list[float]] = {days: [] for days in (2, many)}
    for days in times:
        add(days, 0, days)
    for number in range(runs):
        for days, taken in times.items():
            taken.append(add(days, days + number, 1))
    ratio = median(long / short for short, long in zip(*times.values(), strict=True))
    return [
        Figure(f"{what} on 2 days", f"{median(times[2]):.1f} s"),
        Figure(
            f"{what} on {many} days",
            f"{median(times[many]):.1f} s",
            f"{ratio:.2f} times as long",
            "at most 1.3",
        ),
    ]
