"""Peak memory of landing: of some input, of ten times as much, and of one large snapshot."""

import shutil
from pathlib import Path

from bench.measure import tarn
from bench.report import Figure


def peak(source: Path, lake: Path) -> int:
    """The peak of landing a source into an empty lake, in bytes."""
    shutil.rmtree(lake, ignore_errors=True)
    return tarn("ingest", str(source), root=lake, memory=True).memory


def compare(data: Path, ten_times: Path, snapshot: Path, lake: Path) -> list[Figure]:
    """The figures."""
    return [
        _figure("landing the log files", peak(data, lake), "under 1,000 MB"),
        _figure("landing ten times as much", peak(ten_times, lake), "under 1,000 MB, the same"),
        _figure("landing a Config snapshot of 2 GB", peak(snapshot, lake), "under 500 MB"),
    ]


def _figure(what: str, size: int, reach: str) -> Figure:
    return Figure(what, f"{size / 1_000_000:,.0f} MB", reach=reach)
