"""S3 that misbehaves: nothing is lost, nothing doubled, and what is told is clear."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import s3_stub
from s3_deliveries import trail, trail_key
from s3_stub import BUCKET, Fault, Stub
from small_lakes import event, landed, log

from ingest import job
from ingest.landing.manifest import Manifest
from ingest.limits import Limits
from ingest.listings import Listings
from ingest.sources import ahead
from ingest.sources.keys import Selection
from ingest.sources.named import source_of
from ingest.sources.s3.settings import Settings

Tarn = Callable[..., Any]
DAY = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
SOURCE = f"s3://{BUCKET}/"


def deliver(stub: Stub, count: int) -> list[str]:
    """Deliver log files of one event each; their keys."""
    keys = [trail_key(DAY + timedelta(minutes=number)) for number in range(count)]
    for number, key in enumerate(keys):
        stub.put(key, trail(number))
    return keys


def ids(root: Path) -> list[int]:
    """The numbers of the events landed."""
    return sorted(int(row["event_id"][-12:]) for row in landed(root))


def set_aside(root: Path) -> list[tuple[str, str]]:
    """What is in quarantine: address and reason."""
    manifest = Manifest.open(root)
    rows = manifest.query("select uri, reason from quarantine order by uri")
    manifest.close()
    return [(row[0].removeprefix(SOURCE), row[1]) for row in rows]


@pytest.mark.parametrize(("status", "code"), [(500, "InternalError"), (503, "SlowDown")])
def test_errors_that_pass_are_tried_again(
    stub: Stub, root: Path, tarn: Tarn, status: int, code: str
) -> None:
    deliver(stub, 5)
    stub.faults = lambda _, __, before: Fault(status, code) if not before else None
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == [0, 1, 2, 3, 4]


def test_what_cannot_be_read_now_is_read_by_the_next_run(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    keys = deliver(stub, 5)
    stub.faults = lambda _, name, __: Fault(503, "SlowDown") if name == keys[1] else None
    done = tarn("ingest", SOURCE)
    assert done.exit_code == 3, done.output
    assert ids(root) == [0, 2, 3, 4]
    assert set_aside(root) == [(keys[1], "unreadable")]
    assert "SlowDown" in tarn("status").output
    stub.faults = lambda *_: None
    stub.forget()
    assert tarn("ingest", SOURCE).exit_code == 0
    assert (ids(root), set_aside(root), stub.count("get")) == ([0, 1, 2, 3, 4], [], 1)


def test_an_object_set_aside_is_tried_again_wherever_listings_go(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    old = trail_key(DAY - timedelta(days=300))
    stub.put(old, trail(9))
    deliver(stub, 1)
    stub.faults = lambda _, name, __: Fault(500, "InternalError") if name == old else None
    tarn("ingest", SOURCE)
    assert ids(root) == [0]
    stub.faults = lambda *_: None
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == [0, 9]


def test_a_body_that_breaks_off_is_taken_up_where_it_broke(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    key = deliver(stub, 1)[0]
    size = len(stub.objects[key])

    def cut(operation: str, _: str, before: int) -> Fault | None:
        return Fault(cut_at=size // 3) if operation == "get" and before < 2 else None

    stub.faults = cut
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == [0]
    ranges = [one["range"] for one in stub.headers if "range" in one]
    assert ranges == [f"bytes={size // 3}-", f"bytes={2 * (size // 3)}-"]
    assert all("if-match" in one for one in stub.headers if "range" in one)


def test_a_body_that_never_ends_well_doubles_nothing(
    stub: Stub, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large object is read as it comes: its first records have landed when it breaks."""
    monkeypatch.setattr(ahead, "_LARGEST", 0)
    text = log(event(number) for number in range(12_000))
    stub.put(trail_key(DAY), gzip.compress(text, 0, mtime=0))
    size = len(stub.objects[trail_key(DAY)])
    limits = Limits(whole_object=100_000)

    def cut(operation: str, _: str, before: int) -> Fault | None:
        # It is opened to see that it is large, then to check it, then to read it.
        if operation == "list" or before < 2:
            return None
        return Fault(cut_at=size // 2 if before == 2 else 0)

    stub.faults = cut
    request = job.Request(root, (SOURCE,), limits=limits)
    first = job.run(request, clock=lambda: DAY)
    assert first.partly == 1
    assert 0 < len(ids(root)) < 12_000
    stub.faults = lambda *_: None
    second = job.run(request, clock=lambda: DAY)
    assert (second.landed, second.is_whole) == (1, True)
    assert ids(root) == list(range(12_000))
    assert set_aside(root) == []


def test_credentials_that_expire_midway_keep_what_has_landed(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    keys = deliver(stub, 60)
    late = set(keys[40:])
    stub.faults = lambda _, name, __: Fault(400, "ExpiredToken") if name in late else None
    done = tarn("ingest", SOURCE)
    assert done.exit_code == 1
    assert "The AWS credentials have expired: renew them" in done.output
    assert ids(root) == list(range(40))
    assert set_aside(root) == []
    stub.faults = lambda *_: None
    assert json.loads(tarn("ingest", SOURCE, "--json").stdout)["new"] == 20
    assert ids(root) == list(range(60))


def test_credentials_that_somebody_renews_are_read_anew(
    stub: Stub, root: Path, tarn: Tarn, aws: pytest.MonkeyPatch
) -> None:
    deliver(stub, 3)

    def expire(operation: str, *_: object) -> Fault | None:
        if operation == "get" and "AKIDTEST" in stub.headers[-1]["authorization"]:
            aws.setenv("AWS_ACCESS_KEY_ID", "AKIDNEW")
            return Fault(400, "ExpiredToken")
        return None

    stub.faults = expire
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == [0, 1, 2]


def test_no_use_is_made_of_trying_all_that_is_denied(stub: Stub, root: Path, tarn: Tarn) -> None:
    deliver(stub, 600)
    stub.faults = lambda operation, *_: Fault(403, "AccessDenied") if operation == "get" else None
    done = tarn("ingest", SOURCE)
    assert done.exit_code == 1
    assert "The last 20 objects could not be read" in done.output
    assert "docs/s3.md" in done.output
    assert stub.count("get") < 400
    stub.faults = lambda *_: None
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == list(range(600))
    assert set_aside(root) == []


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, "AccessDenied", "AWS denies access to s3://trails/"),
        (404, "NoSuchBucket", "There is no bucket trails"),
        (403, "InvalidAccessKeyId", "The AWS credentials cannot be used"),
        (403, "SignatureDoesNotMatch", "The secret access key is not the one"),
        (403, "RequestTimeTooSkewed", "clock is more than 15 minutes off"),
        (400, "ExpiredToken", "The AWS credentials have expired"),
        (503, "SlowDown", "S3 does not answer for s3://trails/"),
        (418, "Teapot", "cannot be read (Teapot"),
    ],
)
def test_a_bucket_that_cannot_be_listed_is_told_with_the_remedy(
    stub: Stub, root: Path, tarn: Tarn, status: int, code: str, words: str
) -> None:
    deliver(stub, 1)
    stub.faults = lambda *_: Fault(status, code)
    done = tarn("ingest", SOURCE)
    assert done.exit_code == 1
    assert words in done.output
    assert len(done.output.splitlines()) == 1
    stub.faults = lambda *_: None
    assert tarn("ingest", SOURCE).exit_code == 0
    assert ids(root) == [0]


def test_a_listing_that_fails_midway_is_listed_again(stub: Stub, tarn: Tarn) -> None:
    for minute in range(1500):
        key = trail_key(DAY - timedelta(minutes=minute))
        stub.put(key, trail(minute))
        stub.classes[key] = "GLACIER"
    stub.faults = lambda _, name, before: (
        Fault(503, "SlowDown") if "eu-west-1/" in name and before else None
    )
    assert tarn("ingest", SOURCE).exit_code == 1
    stub.faults = lambda *_: None
    done = tarn("ingest", SOURCE, "--json")
    assert json.loads(done.stdout)["new"] == 1500


def test_without_credentials_or_network(stub: Stub, tarn: Tarn, aws: pytest.MonkeyPatch) -> None:
    done = tarn("ingest", SOURCE, "--profile", "nobody")
    assert (done.exit_code, "(nobody)" in done.output) == (1, True)
    aws.delenv("AWS_ACCESS_KEY_ID")
    done = tarn("ingest", SOURCE, "--requester-pays")
    assert (done.exit_code, "No AWS credentials were found" in done.output) == (1, True)
    done = tarn("ingest", SOURCE, "--anonymous", "--endpoint-url", "http://127.0.0.1:9")
    assert (done.exit_code, "check network and endpoint" in done.output) == (1, True)
    deliver(stub, 1)
    assert tarn("ingest", SOURCE, "--anonymous").exit_code == 0
    assert not any("authorization" in headers for headers in stub.headers)


def test_requester_pays_is_said_with_every_request(stub: Stub, tarn: Tarn) -> None:
    deliver(stub, 2)
    assert tarn("ingest", SOURCE, "--requester-pays").exit_code == 0
    assert {one.get("x-amz-request-payer") for one in stub.headers} == {"requester"}


def test_cold_objects_are_archived_and_taken_when_restored(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    keys = deliver(stub, 4)
    stub.classes.update({keys[0]: "GLACIER", keys[1]: "DEEP_ARCHIVE"})
    # The archive tiers of this class show only when an object is read.
    stub.classes[keys[2]] = "INTELLIGENT_TIERING"
    assert tarn("ingest", SOURCE).exit_code == 3
    assert set_aside(root) == [(key, "archived") for key in keys[:3]]
    assert ids(root) == [3]
    stub.restored.add(keys[0])
    assert tarn("ingest", SOURCE).exit_code == 3
    assert ids(root) == [0, 3]
    stub.restored.update(keys)
    assert tarn("ingest", "--retry-failed").exit_code == 0
    assert (ids(root), set_aside(root)) == ([0, 1, 2, 3], [])


def test_an_object_that_changes_meanwhile_is_read_as_it_is_then(
    stub: Stub, root: Path, tarn: Tarn
) -> None:
    key = deliver(stub, 1)[0]

    def change(operation: str, _: str, before: int) -> None:
        if operation == "get" and not before:
            stub.put(key, trail(5))

    stub.faults = change
    assert tarn("ingest", SOURCE).exit_code == 3
    assert tarn("ingest", SOURCE).exit_code == 0
    assert (ids(root), set_aside(root)) == ([5], [])


def test_the_same_content_under_a_new_etag_is_known(
    stub: Stub, root: Path, tarn: Tarn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after encrypting a bucket anew; a dry run downloads nothing to find that out."""
    deliver(stub, 2)
    tarn("ingest", SOURCE)
    monkeypatch.setattr(s3_stub, "etag", lambda content: f'"{len(content)}-anew"')
    stub.forget()
    dry = json.loads(tarn("ingest", SOURCE, "--list-whole", "--dry-run", "--json").stdout)
    assert (dry["new"], stub.count("get")) == (2, 0)
    again = json.loads(tarn("ingest", SOURCE, "--list-whole", "--json").stdout)
    assert (again["known"], again["new"]) == (2, 0)
    assert ids(root) == [0, 1]


def test_objects_set_aside_that_are_gone_are_told(stub: Stub, tarn: Tarn) -> None:
    stub.put("bad.json", b"no json")
    assert tarn("ingest", SOURCE).exit_code == 3
    del stub.objects["bad.json"]
    stub.put("good.json", trail(1))
    done = json.loads(tarn("ingest", "--retry-failed", "--json").stdout)
    assert (done["gone"], done["new"]) == (1, 0)


def test_a_bounded_number_of_bytes_is_fetched_ahead(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = deliver(stub, 200)
    source = source_of(SOURCE, Settings(), Selection())
    objects = list(source.objects(Listings(None, (), DAY, whole=False)))
    monkeypatch.setattr(ahead, "_MOST_BYTES", 10 * objects[0].size)
    reading = ahead.ahead(objects)
    for number, one in enumerate(reading, start=1):
        assert stub.count("get") < number + 12
        with one.open() as file:
            assert file.read() == stub.objects[one.uri.removeprefix(SOURCE)]
    assert stub.count("get") == len(keys)
