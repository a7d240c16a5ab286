"""Measures landing against naive DuckDB, in the same run and over the same files.

    python bench/landing.py [--events 500000] [--files 1000] [--runs 3] [--data FOLDER]

CPU seconds are those of the whole process and its children, start-up included; the best run of
each counts. A ratio above 1 means that Tarn takes less.
"""

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REAL = HERE.parent.parent / "shared" / "data" / "cloudtrail" / "invictus"
START = datetime(2023, 7, 1, tzinfo=UTC)
INGEST = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from ingest import job
if __name__ == "__main__":
    request = job.Request(Path(sys.argv[2]), (sys.argv[1],))
    summary = job.run(request, clock=lambda: datetime.now(UTC))
    print(json.dumps({"records": summary.records_total, "seconds": summary.seconds}))
"""


def real_records() -> list[dict[str, Any]]:
    """The records of one real account: what a generator would make is too uniform."""
    records: list[dict[str, Any]] = []
    for path in sorted(REAL.rglob("*.json.gz")):
        records += json.loads(gzip.decompress(path.read_bytes()))["Records"]
    if not records:
        raise SystemExit(f"{REAL} is missing: the benchmark needs the real logs that lie there.")
    return records


def generate(folder: Path, events: int, files: int) -> int:
    """Fill a folder with log files, the same ones for the same numbers; their inflated bytes."""
    records = real_records()
    chance = random.Random(7)
    size = 0
    for number in range(files):
        begin = START + timedelta(minutes=10 * number)
        part = [_event(chance, records, begin) for _ in range(events // files)]
        text = json.dumps({"Records": part}, separators=(",", ":")).encode()
        size += len(text)
        name = f"123837392027_CloudTrail_us-east-1_{begin:%Y%m%dT%H%MZ}_{number:016x}.json.gz"
        path = folder / f"AWSLogs/123837392027/CloudTrail/us-east-1/{begin:%Y/%m/%d}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text, 6, mtime=0))
    return size


def _event(chance: random.Random, records: list[dict[str, Any]], begin: datetime) -> dict[str, Any]:
    moment = begin + timedelta(seconds=chance.randrange(600))
    return {
        **chance.choice(records),
        "eventID": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "requestID": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "eventTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "sourceIPAddress": f"10.{chance.randrange(4)}.{chance.randrange(256)}.7",
    }


def measure(arguments: list[str]) -> dict[str, float]:
    """Run a Python program; what it printed, and the CPU seconds it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    printed = subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, env=environment
    ).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(printed), "cpu_seconds": cpu}


def compare(data: Path, runs: int) -> dict[str, Any]:
    """The best of some runs of both, in turn, so that neither has the quieter machine."""
    found: dict[str, list[dict[str, float]]] = {"naive": [], "tarn": []}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        program = scratch / "ingest_all.py"
        program.write_text(INGEST)
        for _ in range(runs):
            naive = [str(HERE / "naive_duckdb.py"), str(data), str(scratch / "naive.parquet")]
            found["naive"].append(measure(naive))
            found["tarn"].append(measure([str(program), str(data), str(scratch / "lake")]))
            shutil.rmtree(scratch / "lake")
    best = {
        name: min(outcomes, key=lambda outcome: outcome["cpu_seconds"])
        for name, outcomes in found.items()
    }
    if best["naive"]["records"] != best["tarn"]["records"]:
        raise SystemExit(f"They disagree on the number of records: {best}")
    return {**best, "ratio": best["naive"]["cpu_seconds"] / best["tarn"]["cpu_seconds"]}


def main() -> None:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--data", type=Path, help="keep the log files here, or use those there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        data = options.data or Path(name)
        if not any(data.rglob("*.json.gz")):
            generate(data, options.events, options.files)
        print(json.dumps(compare(data, options.runs), indent=2))


if __name__ == "__main__":
    main()
