"""What tests share that land records: records made to order, small lakes and what is in them."""

import gzip
import json
import os
import signal
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ingest import job
from ingest.landing.schema import CATEGORIES
from ingest.summary import Summary

NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def event(number: int = 0, **fields: Any) -> dict[str, Any]:
    """A CloudTrail record like those of today."""
    return {
        "eventVersion": "1.09",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ann"},
        "eventTime": f"2023-07-10T{number // 60 % 24:02}:{number % 60:02}:00Z",
        "eventSource": "s3.amazonaws.com",
        "eventName": "PutBucketEncryption",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "192.0.2.1",
        "userAgent": "aws-cli/2",
        "requestParameters": {"bucketName": f"bucket-{number}", "x-amz-acl": "private"},
        "responseElements": None,
        "requestID": f"R{number:08}",
        "eventID": f"00000000-0000-4000-8000-{number:012}",
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management",
        **fields,
    }


def item(number: int = 0, **fields: Any) -> dict[str, Any]:
    """A configuration item as delivered to S3."""
    return {
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": f"2023-07-10T12:{number % 60:02}:30.123Z",
        "configurationStateId": 1688990430123 + number,
        "awsAccountId": "111122223333",
        "configurationItemStatus": "OK",
        "resourceType": "AWS::S3::Bucket",
        "resourceId": f"bucket-{number}",
        "resourceName": None,
        "ARN": f"arn:aws:s3:::bucket-{number}",
        "awsRegion": "eu-west-1",
        "availabilityZone": "Regional",
        "tags": {},
        "relationships": [],
        "configuration": {"name": f"bucket-{number}", "size": 1.50},
        "supplementaryConfiguration": {"AccessControlList": '{"grantSet":null}'},
        **fields,
    }


def log(records: Iterable[Any]) -> bytes:
    """A log file's text, as CloudTrail writes it: on one line, without spaces."""
    return json.dumps({"Records": list(records)}, separators=(",", ":")).encode()


def put(folder: Path, name: str, content: bytes, *, zipped: bool = True) -> Path:
    """Put an object into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 1, mtime=0) if zipped else content)
    return path


def ingest(root: Path, *sources: Path, **options: Any) -> Summary:
    """Run an ingest as it is run by the command."""
    names = tuple(str(source) for source in sources)
    return job.run(job.Request(root=root, sources=names, **options), clock=lambda: NOW)


def landed(root: Path, category: str = "cloudtrail_events") -> list[dict[str, Any]]:
    """All landed rows of a category, with store and day."""
    rows = []
    for path in sorted((root / "landing" / category).rglob("*.parquet")):
        store, day = (part.split("=")[1] for part in path.parts[-3:-1])
        for row in pq.read_table(path, partitioning=None).to_pylist():
            rows.append({**row, "store": store, "day": day})
    return rows


def contents(root: Path) -> list[str]:
    """What a lake holds, whatever batches it came in, for comparing two."""
    aside = ("_landed_at", "_batch_id")
    return sorted(
        json.dumps({key: value for key, value in row.items() if key not in aside}, default=str)
        for category in CATEGORIES
        for row in landed(root, category.name)
    )


def die(task: object) -> None:
    """End a worker as the kernel does when memory is short."""
    del task
    os.kill(os.getpid(), signal.SIGKILL)
