"""Which objects of a bucket are found, and with how many requests."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from s3_deliveries import ACCOUNT, OTHER, config_key, history, trail, trail_key
from s3_stub import BUCKET, Stub
from small_lakes import landed

from ingest import job
from ingest.sources.keys import Selection
from ingest.summary import Summary

DAY = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
SOURCE = f"s3://{BUCKET}"


def run(root: Path, source: str = SOURCE, *, at: datetime = DAY, **options: Any) -> Summary:
    """Ingest a source at a time of our choosing."""
    request = job.Request(root=root, sources=(source,), workers=1, **options)
    return job.run(request, clock=lambda: at)


def events(root: Path) -> list[str]:
    """The ids of the events landed, in short."""
    return sorted(row["event_id"][-3:].lstrip("0") for row in landed(root))


def uris(root: Path) -> set[str]:
    """The objects from which rows have landed."""
    tables = ("cloudtrail_events", "configuration_items")
    return {row["_source_object"] for table in tables for row in landed(root, table)}


def test_everything_of_an_organization_is_found(stub: Stub, root: Path) -> None:
    organization = "logs/AWSLogs/o-a1b2c3/"
    wanted = {
        stub.put(trail_key(DAY).replace("AWSLogs/", organization), trail(1)),
        stub.put(trail_key(DAY, OTHER, "us-east-1").replace("AWSLogs/", organization), trail(2)),
        stub.put(config_key(DAY, root="o-a1b2c3/"), history(3)),
        stub.put(config_key(DAY, OTHER, root="o-a1b2c3/").replace("/3/5/", "/2023/12/31/"), history(4)),
        stub.put("exports/lookup.json", trail(5)),
        stub.put(f"copy/{ACCOUNT}/CloudTrail/eu-west-1/2024/03/05/x.json.gz", trail(6)),
    }
    stub.put(f"o-a1b2c3/AWSLogs/{ACCOUNT}/Config/ConfigWritabilityCheckFile", b"")
    stub.put("exports/", b"")
    stub.put("exports/.DS_Store", b"x")
    summary = run(root)
    assert uris(root) == wanted
    assert (summary.new, summary.recognized, summary.quarantined) == (7, 1, 0)


def test_other_services_and_digests_are_passed_over_and_told(stub: Stub, root: Path) -> None:
    stub.put(trail_key(DAY), trail(1))
    stub.put(f"AWSLogs/{ACCOUNT}/vpcflowlogs/eu-west-1/2024/03/05/flow.log.gz", b"x")
    stub.put(f"AWSLogs/{ACCOUNT}/CloudTrail-Digest/eu-west-1/2024/03/05/digest.json.gz", b"x")
    summary = run(root)
    assert (summary.new, summary.quarantined) == (1, 0)
    assert summary.folders_passed_over == [
        f"{SOURCE}/AWSLogs/{ACCOUNT}/CloudTrail-Digest/",
        f"{SOURCE}/AWSLogs/{ACCOUNT}/vpcflowlogs/",
    ]
    assert run(root, f"{SOURCE}/AWSLogs/{ACCOUNT}/vpcflowlogs/").quarantined == 1


@pytest.mark.parametrize("key", ["a b/100%25.json", "new\nline.json", "größe/ü+&<>.json", "a//b?.json"])
def test_keys_may_hold_anything(stub: Stub, root: Path, key: str) -> None:
    uri = stub.put(key, trail(1))
    assert run(root).landed == 1
    assert uris(root) == {uri}
    assert run(root, uri).known == 1


def test_a_name_is_an_object_or_a_whole_folder(stub: Stub, root: Path) -> None:
    stub.put("AWSLogs-old/a.json.gz", trail(1))
    stub.put("logs/a.json.gz", trail(2))
    stub.put("logs/a.json.gz.copy", trail(3))
    run(root, f"{SOURCE}/logs/a.json.gz")
    assert events(root) == ["2"]
    stub.put(trail_key(DAY), trail(4))
    run(root, f"{SOURCE}/AWSLogs")
    assert events(root) == ["2", "4"]


def test_accounts_and_regions_not_chosen_are_not_listed(stub: Stub, root: Path) -> None:
    stub.put(trail_key(DAY), trail(1))
    stub.put(trail_key(DAY, region="us-east-1"), trail(2))
    stub.put(trail_key(DAY, OTHER), trail(3))
    chosen = Selection(accounts=frozenset({ACCOUNT}), regions=frozenset({"eu-west-1"}))
    run(root, selection=chosen)
    assert events(root) == ["1"]
    assert not [name for _, name in stub.requests if OTHER in name or "us-east-1" in name]


def test_days_not_chosen_are_not_listed(stub: Stub, root: Path) -> None:
    for number in range(3000):
        at = DAY - timedelta(days=number / 10)
        stub.put(trail_key(at, tag=str(number)), trail(0))
        stub.put(config_key(at, tag=str(number)), history(0))
    chosen = Selection(since=DAY - timedelta(days=100), until=DAY - timedelta(days=99))
    summary = run(root, f"{SOURCE}/AWSLogs/", selection=chosen, dry_run=True)
    # From the day of `since` to that of `until`, and two days of slack: 40 objects each.
    assert summary.new == 2 * 40
    assert summary.requests_listing <= 12
    assert run(root, f"{SOURCE}/AWSLogs/", selection=chosen).new == 80


@pytest.fixture(scope="module")
def _many() -> dict[str, bytes]:
    """100,000 objects of 25 streams, all in an archive, so that nobody need read them."""
    objects = {}
    for number in range(100_000):
        at = DAY - timedelta(minutes=number // 20)
        account = f"{number % 5:012}"
        objects[trail_key(at, account, f"eu-west-{number // 5 % 5}", f"{number:x}")] = b""
    return objects


def test_ten_new_objects_among_a_hundred_thousand(
    stub: Stub, root: Path, _many: dict[str, bytes]
) -> None:
    stub.objects.update(_many)
    stub.classes.update(dict.fromkeys(_many, "GLACIER"))
    first = run(root)
    assert (first.new, first.quarantined, stub.count("get")) == (100_000, 100_000, 0)
    assert stub.count("list") < 200
    stub.forget()
    for number in range(10):
        at = DAY + timedelta(minutes=number)
        stub.put(trail_key(at, f"{number % 5:012}", tag="new"), trail(number))
    second = run(root, at=DAY + timedelta(minutes=10))
    assert second.new == stub.count("get") == 10
    # The bucket, AWSLogs/, and for each account its kinds, its regions and its five streams.
    assert stub.count("list") == 1 + 1 + 5 * (1 + 1 + 5)
