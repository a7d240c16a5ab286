"""Landing against naive DuckDB, and a second run over known objects."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bench.measure import Taken, in_turn, median_cpu, run, tarn
from bench.report import Figure

NAIVE = Path(__file__).with_name("naive_duckdb.py")


def naive(data: Path, scratch: Path, task: str) -> Callable[[], Taken]:
    """The baseline: counting or landing."""
    target = str(scratch / "naive.parquet")
    return lambda: run([sys.executable, str(NAIVE), task, str(data), target])


def landing(data: Path, scratch: Path) -> Callable[[], Taken]:
    """Tarn, into an empty lake each time."""

    def land() -> Taken:
        shutil.rmtree(scratch / "lake", ignore_errors=True)
        return tarn("ingest", str(data), "--json", root=scratch / "lake")

    return land


def compare(data: Path, scratch: Path, runs: int, name: str, reach: str) -> list[Figure]:
    """Landing and the baselines in turn."""
    found = in_turn(
        {
            "count": naive(data, scratch, "count"),
            "naive": naive(data, scratch, "land"),
            "tarn": landing(data, scratch),
        },
        runs,
    )
    if len({records(one) for taken in found.values() for one in taken}) != 1:
        raise SystemExit(f"They disagree on the number of records of {name}.")
    cpu = {key: median_cpu(taken) for key, taken in found.items()}
    return [
        Figure(f"{name}: naive count", f"{cpu['count']:.2f} CPU s"),
        Figure(f"{name}: naive typed landing", f"{cpu['naive']:.2f} CPU s"),
        Figure(
            f"{name}: Tarn's landing, lossless and with lineage",
            f"{cpu['tarn']:.2f} CPU s",
            f"{cpu['naive'] / cpu['tarn']:.2f} times naive",
            reach,
        ),
    ]


def records(taken: Taken) -> int:
    """How many records a run says it read."""
    value = json.loads(taken.output)["records"]
    return int(value if isinstance(value, int) else sum(value.values()))


def second(data: Path, scratch: Path, runs: int, reach: str) -> list[Figure]:
    """The objects that have just landed, again: none is opened."""
    found = in_turn(
        {
            "help": lambda: tarn("--help"),
            "nothing": lambda: tarn("ingest", str(scratch / "none"), root=scratch / "lake"),
            "again": lambda: tarn("ingest", str(data), "--json", root=scratch / "lake"),
        },
        runs,
    )
    again, start = median_cpu(found["again"]), median_cpu(found["nothing"])
    objects = json.loads(found["again"][0].output)
    if objects["known"] != objects["objects"]:
        raise SystemExit(f"A second run found something new: {objects}")
    return [
        Figure(
            f"second ingest over {objects['known']:,} known objects",
            f"{again:.2f} CPU s",
            f"{again - start:.2f} s after start-up",
            reach,
        ),
        Figure(
            "start-up of `tarn --help`",
            f"{sorted(one.seconds for one in found['help'])[runs // 2]:.2f} s",
            reach="under 0.3 s",
        ),
    ]
