"""Real logs land whole and come back equal."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from small_lakes import contents, ingest, item, landed, put

from ingest.landing.rebuild import original
from ingest.landing.schema import CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS
from ingest.status import read_status


def _text(path: str) -> bytes:
    stored = Path(path).read_bytes()
    return gzip.decompress(stored) if stored[:2] == b"\x1f\x8b" else stored


def _records(path: str) -> Iterator[Any]:
    """The records of an object, found in another way than ingest finds them."""
    found = json.loads(_text(path))
    if isinstance(found, list):
        return iter(found)
    found = found.get("data", found)
    if isinstance(found.get("invokingEvent"), str):
        found = json.loads(found["invokingEvent"])
    for key in ("configurationItem", "detail"):
        if key in found:
            return iter([found[key]])
    for key in ("Records", "configurationItems"):
        if key in found:
            return iter(found[key])
    return iter([found])


def _reasons(root: Path) -> Counter[str]:
    return Counter(one.reason for one in read_status(root, datetime.now(UTC)).quarantine)


def _not_json(root: Path) -> set[str]:
    status = read_status(root, datetime.now(UTC))
    return {Path(one.uri).name for one in status.quarantine if one.reason == "not_json"}


def test_invictus_lands_2900_events_and_only_its_licence_is_set_aside(
    root: Path, shared: Path
) -> None:
    summary = ingest(root, shared / "cloudtrail" / "invictus")
    assert summary.records == {"cloudtrail": 2900}
    assert _not_json(root) == {"LICENSE"}
    assert {row["day"] for row in landed(root)} == {"2023-07-10"}


def test_a_second_run_lands_nothing(root: Path, shared: Path) -> None:
    ingest(root, shared / "cloudtrail")
    before = contents(root)
    again = ingest(root, shared / "cloudtrail")
    assert (again.new, again.records, again.batches) == (0, {}, 0)
    assert again.known == again.objects
    assert contents(root) == before


def test_umccr_lands_206_events_of_every_version(root: Path, shared: Path) -> None:
    assert ingest(root, shared / "cloudtrail" / "umccr").records == {"cloudtrail": 206}
    rows = landed(root)
    versions = {row["event_version"] for row in rows}
    assert {f"1.{minor:02}" for minor in range(1, 12)} | {"1.0"} <= versions
    assert sum(row["event_id"] is None for row in rows) == 1
    assert sum(row["recipient_account_id"] is None for row in rows) == 4
    assert sum(row["event_key"].startswith("sha256:") for row in rows) == 4
    assert sum("UPDATED_DATA" in (row["addendum"] or "") for row in rows) == 1
    assert all(row["event_key"] for row in rows)
    assert _reasons(root) == {"not_json": 1}


def test_stratus_lands_310_events_from_bare_arrays(root: Path, shared: Path) -> None:
    summary = ingest(root, shared / "cloudtrail" / "stratus")
    assert summary.records == {"cloudtrail": 310}
    assert summary.landed == 35


def test_rdk_lands_78_items_and_sets_broken_json_aside(root: Path, shared: Path) -> None:
    assert ingest(root, shared / "config" / "rdk").records == {"config": 78}
    assert _not_json(root) == {
        "LICENSE",
        "AWS_EC2_NetworkInterface.json",
        "AWS_SSM_ManagedInstanceInventory_Linux.json",
    }
    assert set(_reasons(root)) == {"not_json"}


def test_custodian_lands_items_of_both_dialects_in_one_schema(root: Path, shared: Path) -> None:
    summary = ingest(root, shared / "config" / "custodian")
    assert summary.records == {"config": 27, "cloudtrail": 1}
    rows = landed(root, "configuration_items")
    assert {row["account_id"] is None for row in rows} == {True, False}
    assert {row["aws_account_id"] is None for row in rows} == {True, False}
    assert set(_reasons(root)) == {"not_json", "wrong_shape"}
    assert summary.recognized == 1


@pytest.mark.parametrize("folder", ["cloudtrail", "config"])
def test_every_landed_record_equals_its_original(root: Path, shared: Path, folder: str) -> None:
    ingest(root, shared / folder)
    expected: Counter[str] = Counter()
    rebuilt: Counter[str] = Counter()
    for category in (CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS):
        by_object: dict[str, list[dict[str, Any]]] = {}
        for row in landed(root, category.name):
            by_object.setdefault(row["_source_object"], []).append(row)
        for uri, rows in by_object.items():
            try:
                records = list(_records(uri))
            except ValueError:
                # The one array that is not closed.
                records = json.loads(_text(uri) + b"]")
            for row in rows:
                found = original(row, category)
                assert found == records[row["_source_offset"]]
                rebuilt[json.dumps(found, sort_keys=True)] += 1
                expected[json.dumps(records[row["_source_offset"]], sort_keys=True)] += 1
    assert rebuilt == expected
    assert rebuilt.total() == {"cloudtrail": 3416, "config": 106}[folder]


def test_one_key_for_one_item_in_both_dialects(root: Path, source: Path) -> None:
    delivered = item(1, configuration={"a": 1})
    asked = {key: value for key, value in delivered.items() if key not in ("ARN", "awsAccountId")}
    asked |= {
        "accountId": delivered["awsAccountId"],
        "arn": delivered["ARN"],
        "configurationStateId": str(delivered["configurationStateId"]),
        "configurationItemCaptureTime": "2023-07-10T14:01:30.123000+02:00",
        "configuration": '{"a":1}',
    }
    put(source, "a.json.gz", json.dumps({"configurationItems": [delivered]}).encode())
    put(source, "b.json.gz", json.dumps({"configurationItems": [asked]}).encode())
    ingest(root, source)
    keys = {row["item_key"] for row in landed(root, "configuration_items")}
    assert [json.loads(key) for key in keys] == [
        [
            "111122223333",
            "eu-west-1",
            "AWS::S3::Bucket",
            "bucket-1",
            "2023-07-10T12:01:30.123000Z",
            "1688990430124",
        ]
    ]
