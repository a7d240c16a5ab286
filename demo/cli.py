"""`python -m demo OUTPUT_DIR`: parse, simulate, report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from demo.options import Options
from demo.run import DELIVERIES, TRUTH, simulate

MARKER = ".tarn-demo.json"
WRONG_USE = 2

DESCRIPTION = """\
Simulate a small organization and write what AWS CloudTrail and AWS Config would
deliver for it to S3: log files with their digests, configuration history and
snapshots, copies of a second trail, late files and a few broken ones.
"""
EPILOG = """\
It writes OUTPUT_DIR/deliveries/AWSLogs/..., to be read like a bucket, and
OUTPUT_DIR/truth.json, which says what a reader should find (its keys are described
in demo/truth.py). The same options always write the same bytes. A second run over
its own complete output does nothing; any other folder that isn't empty is refused.

examples:
  python -m demo demo_data
  python -m demo /tmp/bench --events 500000 --events-per-file 500
  python -m demo /tmp/year --events 1000000 --days 365 --start 2025-01-01
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    defaults = Options()
    made = argparse.ArgumentParser(
        prog="python -m demo",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("output_dir", metavar="OUTPUT_DIR", type=Path, help="an empty or new folder")
    numbers = (
        ("--events", defaults.events, "calls to simulate over the whole period"),
        ("--days", defaults.days, "days to simulate"),
        ("--seed", defaults.seed, "another number gives another organization"),
        ("--events-per-file", defaults.events_per_file, "largest number of records in a log file"),
        ("--accounts", defaults.accounts, "accounts, from 1 to 10"),
    )
    for name, default, meaning in numbers:
        made.add_argument(
            name, type=int, default=default, metavar="N", help=f"{meaning} (default: {default})"
        )
    made.add_argument(
        "--start",
        type=date.fromisoformat,
        default=defaults.start,
        metavar="YYYY-MM-DD",
        help=f"first day, UTC (default: {defaults.start})",
    )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; answers its exit code."""
    chosen = vars(parser().parse_args(arguments))
    folder: Path = chosen.pop("output_dir")
    try:
        options = Options(**chosen)
        is_done = _claim(folder, options)
    except (ValueError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return WRONG_USE
    if is_done:
        print(f"demo: {folder} already holds this simulation, nothing to do", file=sys.stderr)
        return 0
    truth = simulate(options, folder)
    _mark(folder, options, is_complete=True)
    counts = truth.counts
    print(
        f"demo: {counts['events_simulated']:,} events in {counts['cloudtrail_files']:,} log files, "
        f"{counts['configuration_items_delivered']:,} configuration items in "
        f"{counts['config_files']:,} files, {counts['broken_files']} broken files; "
        f"read {folder / DELIVERIES}, compare with {folder / TRUTH}",
        file=sys.stderr,
    )
    return 0


def _claim(folder: Path, options: Options) -> bool:
    """Whether the folder holds this very simulation; raises where it holds anything else."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name a new or empty one")
    marker = folder / MARKER
    if marker.is_file():
        mark = json.loads(marker.read_text())
        if mark == _marked(options, is_complete=True):
            return True
        raise ValueError(
            f"{folder} holds another or an unfinished simulation; remove it or name another folder"
        )
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty and was not made by demo; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    _mark(folder, options, is_complete=False)
    return False


def _marked(options: Options, is_complete: bool) -> dict[str, object]:
    return {
        "made_by": "tarn demo",
        "options": options.as_json(),
        "digest": options.digest(),
        "is_complete": is_complete,
    }


def _mark(folder: Path, options: Options, is_complete: bool) -> None:
    text = json.dumps(_marked(options, is_complete), indent=2) + "\n"
    (folder / MARKER).write_text(text)
