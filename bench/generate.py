"""Makes log files and snapshots out of real records: what a generator invents is too uniform."""

import gzip
import json
import random
import tempfile
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from demo.cli import main as demo

REAL: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "cloudtrail" / "invictus"
START: Final = datetime(2023, 7, 1, tzinfo=UTC)
ACCOUNT: Final = "123837392027"
# What no two events of the benchmark share, but by chance.
_VARIED: Final = ("eventID", "requestID", "eventTime", "sourceIPAddress")


def records() -> list[dict[str, Any]]:
    """Records to vary: of the real logs that lie beside the project, else of the demo."""
    if REAL.is_dir():
        return _records_under(REAL)
    with tempfile.TemporaryDirectory() as name:
        demo([f"{name}/demo"])
        return _records_under(Path(name))


def _records_under(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(folder.rglob("*CloudTrail*.json.gz")):
        try:
            text = json.loads(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, ValueError):
            continue  # the demo delivers broken files too
        if isinstance(text, dict):
            found += (one for one in text.get("Records", ()) if "userIdentity" in one)
    return found


def log_files(folder: Path, events: int, files: int, seed: int = 7) -> None:
    """Fill a folder with log files of ten minutes each."""
    source, chance = _texts(), random.Random(seed)
    for number in range(files):
        begin = START + timedelta(minutes=10 * number)
        part = [_event(chance, source, begin, 600) for _ in range(events // files)]
        _log_file(folder, begin, number, part)


def days(folder: Path, first: int, count: int, events: int) -> None:
    """Fill a folder with the log files of some days, one an hour; a process a core makes them."""
    fill = partial(_day, folder, _texts(), events)
    with ProcessPoolExecutor() as pool:
        list(pool.map(fill, range(first, first + count)))


def _day(folder: Path, source: list[str], events: int, day: int) -> None:
    chance = random.Random(day)
    for hour in range(24):
        begin = START + timedelta(days=day, hours=hour)
        part = [_event(chance, source, begin, 3600) for _ in range(events // 24)]
        # How small the files are is nothing that growth is asked for.
        _log_file(folder, begin, day * 24 + hour, part, level=1)


def _log_file(folder: Path, begin: datetime, number: int, part: list[str], level: int = 6) -> None:
    name = f"{ACCOUNT}_CloudTrail_us-east-1_{begin:%Y%m%dT%H%MZ}_{number:016x}.json.gz"
    path = folder / f"AWSLogs/{ACCOUNT}/CloudTrail/us-east-1/{begin:%Y/%m/%d}" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"Records":[{",".join(part)}]}}'.encode()
    path.write_bytes(gzip.compress(text, level, mtime=0))


def _texts() -> list[str]:
    """The records as JSON, where each stands with a place for what events never share."""
    varied = dict.fromkeys(_VARIED, "@")
    found = []
    for record in records():
        text = json.dumps({**record, **varied}, separators=(",", ":")).replace("%", "%%")
        for name in _VARIED:
            text = text.replace(f'"{name}":"@"', f'"{name}":"%({name})s"', 1)
        found.append(text)
    return found


def _event(chance: random.Random, source: list[str], begin: datetime, seconds: int) -> str:
    moment = begin + timedelta(seconds=chance.randrange(seconds))
    return chance.choice(source) % {
        "eventID": uuid.UUID(int=chance.getrandbits(128), version=4),
        "requestID": uuid.UUID(int=chance.getrandbits(128), version=4),
        "eventTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "sourceIPAddress": f"10.{chance.randrange(4)}.{chance.randrange(256)}.7",
    }


def snapshot(path: Path, size: int) -> None:
    """A Config snapshot of at least so many bytes of JSON, as one gzip file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wb", compresslevel=1) as file:
        written = file.write(b'{"fileVersion":"1.0","configSnapshotId":"b","configurationItems":[')
        for number, item in enumerate(_items()):
            if written >= size:
                break
            written += file.write(b"," + item if number else item)
        file.write(b"]}")


def _items() -> Iterator[bytes]:
    number = 0
    while True:
        name = f"bucket-{number:09}"
        captured_at = START + timedelta(seconds=number % 3600)
        item = {
            "configurationItemVersion": "1.3",
            "configurationItemCaptureTime": f"{captured_at:%Y-%m-%dT%H:%M:%S.5Z}",
            "configurationStateId": 1688990430123 + number,
            "awsAccountId": ACCOUNT,
            "configurationItemStatus": "OK",
            "resourceType": "AWS::S3::Bucket",
            "resourceId": name,
            "resourceName": name,
            "ARN": f"arn:aws:s3:::{name}",
            "awsRegion": "us-east-1",
            "tags": {f"tag-{n}": f"{name}-{n * number}" for n in range(20)},
            "relationships": [],
            "configuration": {"name": name, "rules": [{"id": n * number} for n in range(100)]},
            "supplementaryConfiguration": {},
        }
        yield json.dumps(item, separators=(",", ":")).encode()
        number += 1
