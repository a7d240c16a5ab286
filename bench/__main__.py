"""`make bench`: measures all, prints the table and writes docs/benchmarks.md."""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import building, catalogue, generate, landing, memory, organization, queries, report


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--events", type=int, default=500_000, help="events in 1,000 files")
    parser.add_argument("--small-events", type=int, default=24_000, help="events in 4,000 files")
    parser.add_argument(
        "--day-events", type=int, default=100_000, help="events of one day: a year takes 10 GB"
    )
    parser.add_argument(
        "--organization-events", type=int, default=1_000, help="events of one day with its items"
    )
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median")
    parser.add_argument("--snapshot-bytes", type=int, default=2_000_000_000)
    parser.add_argument("--folder", type=Path, help="keep the generated files here")
    return parser.parse_args()


def main() -> None:
    """Measure in a folder that is removed afterwards, unless one is named."""
    chosen = options()
    if chosen.folder is not None:
        chosen.folder.mkdir(parents=True, exist_ok=True)
        measure(chosen, chosen.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        measure(chosen, Path(name))


def measure(chosen: argparse.Namespace, scratch: Path) -> None:
    """Measure everything; the page is written anew whenever a part is done."""
    sections: dict[str, Sequence[report.Figure]] = {}
    for title, figures in _sections(chosen, scratch):
        sections[title] = figures
        page = report.text(sections, f"medians of {chosen.runs} runs")
        report.TARGET.parent.mkdir(exist_ok=True)
        report.TARGET.write_text(page, encoding="utf-8")
    print(page)


def _sections(
    chosen: argparse.Namespace, scratch: Path
) -> Iterator[tuple[str, Sequence[report.Figure]]]:
    runs = chosen.runs
    large, small = scratch / "large", scratch / "small"
    (scratch / "none").mkdir(exist_ok=True)
    for folder, events, files in (
        (large, chosen.events, 1_000),
        (small, chosen.small_events, 4_000),
    ):
        if not folder.exists():
            generate.log_files(folder, events, files)

    told = f"{chosen.small_events:,} events in 4,000 files"
    figures = landing.compare(small, scratch, runs, told, "at least 2.0")
    known = landing.second(small, scratch, runs, "under 0.5 s, no object opened")
    yield "Many small files", [*figures, *known]

    told = f"{chosen.events:,} events in 1,000 files"
    yield (
        "Landing",
        landing.compare(large, scratch, runs, told, "at least 1.0, better 1.3"),
    )

    inputs = (large, _ten_times(large, scratch), _snapshot(scratch, chosen))
    yield "Memory of landing", memory.compare(*inputs, scratch / "memory-lake")

    project, lake = building.project(scratch / "project"), scratch / "lake"
    yield "Building what landed", building.whole(project, large, scratch, runs)
    yield "Asking it", queries.compare(project, lake, runs)
    yield "The whole catalogue", catalogue.compare(lake, runs)
    yield "Events with configuration items", organization.whole(project, scratch, chosen.events)
    figures = building.growth(project, scratch, chosen.days, chosen.day_events, runs)
    figures += organization.growth(project, scratch, chosen.days, chosen.organization_events, runs)
    yield "Growth", figures


def _ten_times(large: Path, scratch: Path) -> Path:
    """The same files ten times, under ten names."""
    folder = scratch / "ten-times"
    for copy in range(10):
        if not (folder / str(copy)).exists():
            shutil.copytree(large, folder / str(copy), copy_function=_link)
    return folder


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _snapshot(scratch: Path, chosen: argparse.Namespace) -> Path:
    path = scratch / "snapshot" / "123837392027_Config_us-east-1_ConfigSnapshot_b.json.gz"
    if not path.exists():
        generate.snapshot(path, chosen.snapshot_bytes)
    return path


if __name__ == "__main__":
    main()
