"""Every query of the catalogue with its defaults, all rows of its answer, in one process."""

import os
import time
from pathlib import Path
from statistics import median

from bench.report import Figure
from tarn import catalogue, results
from tarn.lake import open_lake

REACH = 2.0
_SLOWEST = 10


def compare(lake: Path, runs: int) -> list[Figure]:
    """How long all take together, and the slowest one by one."""
    taken = measure(lake, runs)
    slow = sum(seconds > REACH for seconds, _ in taken.values())
    figures = [
        Figure(f"all {len(taken)} queries", f"{sum(one for one, _ in taken.values()):.0f} s"),
        Figure(f"queries over {REACH:.0f} s", str(slow), reach="none"),
        Figure("median of the queries", f"{median(one for one, _ in taken.values()):.2f} s"),
    ]
    slowest = sorted(taken.items(), key=lambda one: -one[1][0])[:_SLOWEST]
    for name, (seconds, rows) in slowest:
        figures.append(Figure(f"`{name}`, {rows:,} rows", f"{seconds:.2f} s", reach="under 2 s"))
    return figures


def measure(lake: Path, runs: int) -> dict[str, tuple[float, int]]:
    """For each query its median time in seconds, and how many rows it answers with."""
    queries = catalogue.load(lake / "catalogue.json")
    found = {}
    with open_lake(lake) as connection:
        connection.execute(f"set threads = {os.cpu_count() or 1}")
        for query in queries:
            seconds, rows = [], 0
            for _ in range(runs):
                started = time.perf_counter()
                rows = results.fetch(connection, query.sql, query.bind({})).table.num_rows
                seconds.append(time.perf_counter() - started)
            found[query.name] = (median(seconds), rows)
    return found
