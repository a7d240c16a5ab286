"""The table of figures: printed, and written to docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: what it took, what it is compared with, and what it should reach."""

    what: str
    took: str
    compared: str = ""
    reach: str = ""


def text(sections: dict[str, Sequence[Figure]], sizes: str) -> str:
    """The page."""
    return "\n".join([_HEAD.format(machine=_machine(), sizes=sizes), *_tables(sections)])


def _tables(sections: dict[str, Sequence[Figure]]) -> list[str]:
    lines = []
    for title, figures in sections.items():
        lines += [f"## {title}", "", "| what | took | compared | to reach |", "|---|---|---|---|"]
        lines += [f"| {f.what} | {f.took} | {f.compared} | {f.reach} |" for f in figures]
        lines += [""]
    return lines


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "msgspec"))
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {packages}, dbt-core {version('dbt-core')}"
    )


_HEAD = """# Benchmarks

Made by `make bench`, which measures everything in one run and in turn: {sizes}.
Machine: {machine}.

CPU seconds are those of a whole command and of every process it starts, start-up included; medians
of the runs. A ratio above 1 means that Tarn takes less than the baseline, `bench/naive_duckdb.py`:
DuckDB reads the same files with explicit columns, drops unknown fields, makes no keys, and stops at
the first broken file. Memory is the largest sum of proportional set sizes over a command's
processes, sampled twenty times a second in a run of its own. Model times are dbt's own.
"""
