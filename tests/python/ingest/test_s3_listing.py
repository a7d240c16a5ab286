"""Which objects of a bucket are found, and with how many requests."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from s3_deliveries import ACCOUNT, OTHER, config_key, history, trail, trail_key
from s3_stub import BUCKET, Stub
from small_lakes import landed, put

from ingest import job
from ingest.landing import batch
from ingest.sources.base import Listed
from ingest.sources.keys import Selection
from ingest.sources.s3.look_back import scan
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
        stub.put(config_key(DAY - timedelta(days=70), OTHER, root="o-a1b2c3/"), history(4)),
        stub.put("exports/lookup.json", trail(5)),
        stub.put(f"copy/{ACCOUNT}/CloudTrail/eu-west-1/2024/03/05/x.json.gz", trail(6)),
    }
    stub.put(f"o-a1b2c3/AWSLogs/{ACCOUNT}/Config/ConfigWritabilityCheckFile", b"")
    stub.put("exports/", b"")
    stub.put("exports/.DS_Store", b"x")
    stub.put(".hidden/x", b"x")
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


@pytest.mark.parametrize(
    "key", ["a b/100%25.json", "new\nline.json", "größe/ü+&<>.json", "a//b?.json"]
)
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


def test_a_late_delivery_is_found_by_a_look_further_back(stub: Stub, root: Path) -> None:
    start = DAY - timedelta(days=200)
    for number in range(200):
        stub.put(trail_key(start + timedelta(days=number)), trail(0))
        stub.put(config_key(start + timedelta(days=number)), history(0))
    run(root)
    now = DAY
    for number, (late, wait) in enumerate(
        [
            (timedelta(minutes=50), timedelta(minutes=5)),
            (timedelta(days=1), timedelta(hours=6)),
            (timedelta(days=29), timedelta(days=1)),
            (timedelta(days=150), timedelta(days=30)),
        ],
        start=1,
    ):
        keys = [
            stub.put(trail_key(DAY - late, tag=f"late{number}"), trail(number)),
            stub.put(config_key(DAY - late, tag=f"late{number}"), history(number)),
        ]
        now += wait
        assert run(root, at=now).landed == 2
        assert uris(root).issuperset(keys)
        assert run(root, at=now).new == 0


@settings(max_examples=25, deadline=None)
@given(
    deliveries=st.lists(
        st.tuples(
            st.integers(0, 60 * 24 * 40),
            st.one_of(st.integers(0, 55), st.integers(0, 60 * 24 * 30)),
            st.booleans(),
        ),
        max_size=30,
    ),
    runs=st.lists(st.integers(0, 60 * 24 * 40), max_size=8),
    since=st.sampled_from([None, 0, 20]),
)
def test_whatever_comes_late_is_planned_for(
    deliveries: list[tuple[int, int, bool]], runs: list[int], since: int | None
) -> None:
    """By scans alone: each object, named at a minute and arriving later, lies in some scan that
    begins after it has arrived, if runs go on for 31 days."""
    first = None if since is None else DAY + timedelta(days=since)
    chosen = Selection(since=first)
    found: set[int] = set()
    listed: Listed | None = None
    end = 60 * 24 * 72
    for minute in sorted([*runs, *range(0, end, 60 * 24), end]):
        now = DAY + timedelta(minutes=minute)
        plan = scan("s", listed, chosen, now)
        newest = None
        for number, (named, late, _) in enumerate(deliveries):
            at = DAY + timedelta(minutes=named)
            if named + late <= minute and (plan.start is None or at >= plan.start):
                found.add(number)
                newest = max(newest or at, at)
        listed = plan.outcome(newest) or listed
    bound = datetime.min.replace(tzinfo=UTC) if first is None else first.replace(hour=0)
    wanted = {
        number
        for number, (named, _, _) in enumerate(deliveries)
        if DAY + timedelta(minutes=named) >= bound
    }
    assert wanted <= found


def test_a_run_that_fails_forgets_its_listing(
    stub: Stub, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.put(trail_key(DAY - timedelta(days=90)), trail(1))
    stub.put(trail_key(DAY), trail(2))
    with monkeypatch.context() as patch:
        patch.setattr(batch, "ahead", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(root)
    assert run(root).landed == 2


def _interrupt(_: object) -> None:
    raise KeyboardInterrupt


def test_another_store_and_an_earlier_since_list_what_they_lack(stub: Stub, root: Path) -> None:
    for days in (0, 50, 100):
        stub.put(trail_key(DAY - timedelta(days=days)), trail(days))
    assert run(root, selection=Selection(since=DAY - timedelta(days=10))).landed == 1
    assert run(root, selection=Selection(since=DAY - timedelta(days=60))).landed == 1
    assert run(root).landed == 1
    assert run(root, store="audit").landed == 3
    assert run(root, selection=Selection(since=DAY - timedelta(days=10))).new == 0
    stub.put(trail_key(DAY - timedelta(days=70), tag="copied"), trail(70))
    assert run(root).new == 0
    assert run(root, list_whole=True).landed == 1


def test_a_date_far_ahead_hides_nothing(stub: Stub, root: Path) -> None:
    stub.put(trail_key(DAY + timedelta(days=4000)), trail(1))
    stub.put(config_key(DAY + timedelta(days=4000)), history(1))
    assert run(root).landed == 2
    later = DAY + timedelta(minutes=30)
    stub.put(trail_key(DAY + timedelta(minutes=20)), trail(2))
    stub.put(config_key(DAY + timedelta(minutes=20)), history(2))
    assert run(root, at=later).landed == 2


def test_items_in_folders_that_aws_does_not_write_are_found(stub: Stub, root: Path) -> None:
    stub.put(config_key(DAY), history(1))
    run(root)
    region = f"AWSLogs/{ACCOUNT}/Config/eu-west-1"
    stub.put(f"{region}/OversizedChangeNotification/AWS::S3::Bucket/b/x.json.gz", history(2))
    assert run(root, at=DAY + timedelta(hours=6)).landed == 1
    stub.put(config_key(DAY, OTHER).replace("/3/5/", "/03/05/"), history(3))
    assert run(root, at=DAY + timedelta(hours=6)).landed == 1
    padded = config_key(DAY, OTHER, "2").replace("/3/5/", "/03/05/")
    stub.put(padded, history(4))
    assert run(root, at=DAY + timedelta(hours=6, minutes=1)).landed == 1


def test_a_dry_run_tells_what_reading_takes(
    stub: Stub, root: Path, tarn: Callable[..., Any]
) -> None:
    for minute in range(3):
        stub.put(trail_key(DAY + timedelta(minutes=minute)), trail(1))
    cold = trail_key(DAY - timedelta(days=9))
    stub.put(cold, trail(9))
    stub.classes[cold] = "DEEP_ARCHIVE"
    told = json.loads(tarn("ingest", SOURCE, "--dry-run", "--json").stdout)
    assert (told["new"], told["requests_reading"], told["archived"]) == (4, 3, 1)
    assert told["bytes"] == 3 * len(trail(1))
    assert told["requests_listing"] == stub.count("list") == 5
    assert stub.count("get") == 0
    assert not root.exists()
    words = tarn("ingest", SOURCE, "--dry-run").stdout
    assert "requests     5 for this listing, 3 to read" in words
    assert "archived     1 objects in cold storage: restore them first" in words


def test_without_s3_nothing_of_it_is_imported(source: Path, root: Path) -> None:
    put(source, "a.json", trail(1), zipped=False)
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "import tarn.commands.ingest; from ingest import job\n"
        f"job.run(job.Request(Path({str(root)!r}), ({str(source)!r},)), "
        "clock=lambda: datetime.now(UTC))\n"
        "assert not {'boto3', 'botocore'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert len(landed(root)) == 1
