"""The deliveries look as AWS lays them out, and hold what they should."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from gzip import decompress

import pytest
from demo_reading import Delivered

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
TYPE = r"AWS::[A-Za-z0-9]+::[A-Za-z]+"
DAY = r"20\d\d/[1-9]\d?/[1-9]\d?"
SECONDS = r"\d{8}T\d{6}Z"
PATTERNS = {
    "log": r"AWSLogs/(\d{12})/CloudTrail/([a-z0-9-]+)/(\d{4})/(\d\d)/(\d\d)/"
    r"\1_CloudTrail_\2_\3\4\5T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz",
    "other": r"AWSLogs/(\d{12})/(CloudTrail-(?:Insight|NetworkActivity))/([a-z0-9-]+)/"
    r"\d{4}/\d\d/\d\d/\1_\2_\3_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz",
    "digest": r"AWSLogs/(\d{12})/CloudTrail-Digest/([a-z0-9-]+)/\d{4}/\d\d/\d\d/"
    rf"\1_CloudTrail-Digest_\2_[a-z-]+_\2_{SECONDS}\.json\.gz",
    "history": rf"AWSLogs/(\d{{12}})/Config/([a-z0-9-]+)/{DAY}/ConfigHistory/"
    rf"\1_Config_\2_ConfigHistory_{TYPE}_{SECONDS}_{SECONDS}_\d+\.json\.gz",
    "snapshot": rf"AWSLogs/(\d{{12}})/Config/([a-z0-9-]+)/{DAY}/ConfigSnapshot/"
    rf"\1_Config_\2_ConfigSnapshot_{SECONDS}_{UUID}\.json\.gz",
    "oversized": rf"AWSLogs/(\d{{12}})/Config/([a-z0-9-]+)/{DAY}/OversizedChangeNotification/"
    rf"({TYPE})/([^/]+)/\1_Config_\2_ChangeNotification_\3_\4_{SECONDS}_1\.json\.gz",
    "check": r"AWSLogs/\d{12}/Config/ConfigWritabilityCheckFile",
}
IDENTITY_TYPES = {
    "Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "Directory", "AWSAccount",
    "AWSService", "IdentityCenterUser", "SAMLUser", "WebIdentityUser", "Unknown",
}  # fmt: skip


def _kind(path: str) -> str:
    return next((kind for kind, form in PATTERNS.items() if re.fullmatch(form, path)), "unknown")


def test_every_path_is_one_that_aws_writes(delivered: Delivered) -> None:
    kinds = Counter(_kind(path) for path in delivered.paths)
    assert kinds["unknown"] == 0
    assert 600 <= kinds["log"] <= 1600
    # Two accounts, two regions, the beginning and the end of seven days; one cut copy.
    assert kinds["snapshot"] == 2 * 2 * 8 + 1
    assert kinds["oversized"] == 1
    assert kinds["check"] == 2
    assert kinds["digest"] == delivered.truth["counts"]["digest_files"] > 0


def test_sizes_are_as_asked(delivered: Delivered) -> None:
    counts = delivered.truth["counts"]
    assert counts["events_simulated"] == 20_000
    sizes = Counter(path for path, _ in delivered.records)
    assert max(sizes.values()) <= 25 + 7


def test_every_identity_type_acts(delivered: Delivered) -> None:
    events = delivered.events.values()
    assert {event["userIdentity"].get("type") for event in events} >= IDENTITY_TYPES


def test_most_events_are_reads_and_some_fail(delivered: Delivered) -> None:
    events = list(delivered.events.values())
    assert 0.65 < sum(event["readOnly"] for event in events) / len(events) < 0.8
    errors = Counter(event["errorCode"] for event in events if "errorCode" in event)
    assert {"AccessDenied", "ThrottlingException", "Client.UnauthorizedOperation"} <= set(errors)


def test_requests_and_answers_are_never_merely_absent(delivered: Delivered) -> None:
    for _, record in delivered.records:
        assert "requestParameters" in record
        assert "responseElements" in record


def test_services_call_in_the_name_of_others(delivered: Delivered) -> None:
    writes = [event for event in delivered.events.values() if not event["readOnly"]]
    through = {
        event["userIdentity"].get("invokedBy")
        for event in writes
        if event["sourceIPAddress"].endswith(".amazonaws.com") or "requestID" in event
    }
    assert {"cloudformation.amazonaws.com", "autoscaling.amazonaws.com"} <= through


def test_encryption_requests_come_in_three_forms(delivered: Delivered) -> None:
    forms = set()
    for event in delivered.events.values():
        if event["eventName"] == "PutBucketEncryption":
            rules = event["requestParameters"]["ServerSideEncryptionConfiguration"]
            name = "Rule" if "Rule" in rules else "Rules"
            forms.add((name, type(rules[name]).__name__))
    assert forms == {("Rule", "dict"), ("Rule", "list"), ("Rules", "list")}


def test_nothing_looks_like_a_secret(delivered: Delivered) -> None:
    keys = {
        match
        for _, record in delivered.records
        for match in re.findall(r"\bA[KS]IA[A-Z0-9]{16}\b", json.dumps(record))
    }
    assert keys
    assert all(key.endswith("EXAMPLE") for key in keys)


def test_the_second_trail_repeats_records_field_for_field(delivered: Delivered) -> None:
    by_id: dict[str, list[tuple[str, dict[str, object]]]] = {}
    for path, record in delivered.records:
        by_id.setdefault(record["eventID"], []).append((path, record))
    twice = [copies for copies in by_id.values() if len(copies) > 1]
    assert len(twice) == delivered.truth["duplicated_event_ids_count"] > 500
    for copies in twice:
        assert len({path for path, _ in copies}) == len(copies) == 2
        assert copies[0][1] == copies[1][1]


def test_global_items_come_in_both_regions_of_the_first_account(delivered: Delivered) -> None:
    regions = {
        (item["awsAccountId"], path.split("/")[3])
        for path, item in delivered.items
        if item["awsRegion"] == "global"
    }
    assert regions == {
        ("111122223333", "us-east-1"),
        ("111122223333", "eu-west-1"),
        ("444455556666", "us-east-1"),
    }


def test_items_have_the_form_of_the_s3_delivery(delivered: Delivered) -> None:
    for _, item in delivered.items:
        assert isinstance(item["configurationStateId"], int)
        assert item["relatedEvents"] == []
        assert {"awsAccountId", "ARN"} <= set(item)
        assert not {"accountId", "arn"} & set(item)
        if item["configurationItemStatus"] == "ResourceDeleted":
            assert item["configuration"] is None
            assert item["supplementaryConfiguration"] == {}
            assert item["resourceCreationTime"] is None
        if "AccessControlList" in item["supplementaryConfiguration"]:
            assert isinstance(item["supplementaryConfiguration"]["AccessControlList"], str)


def test_digests_name_files_by_their_hashes(delivered: Delivered) -> None:
    root = delivered.folder / "deliveries"
    named = 0
    for path in delivered.paths:
        if "/CloudTrail-Digest/" in path:
            digest = json.loads(decompress((root / path).read_bytes()))
            for entry in digest["logFiles"]:
                text = decompress((root / entry["s3Object"]).read_bytes())
                assert hashlib.sha256(text).hexdigest() == entry["hashValue"]
                named += 1
    assert named > 0


def test_broken_files_are_broken_as_said(delivered: Delivered) -> None:
    root = delivered.folder / "deliveries"
    kinds = {}
    for row in delivered.truth["broken_files"]:
        kinds[row["kind"]] = (root / row["path"]).read_bytes()
    assert kinds.keys() == {
        "truncated_gzip", "truncated_snapshot", "not_json", "empty",
        "one_record_not_json", "one_record_without_time",
    }  # fmt: skip
    assert kinds["empty"] == b""
    for kind in ("truncated_gzip", "truncated_snapshot"):
        assert zlib.decompressobj(31).decompress(kinds[kind])
        with pytest.raises(EOFError):
            decompress(kinds[kind])
    for kind in ("not_json", "one_record_not_json"):
        with pytest.raises(ValueError, match="Expecting"):
            json.loads(decompress(kinds[kind]))
    records = json.loads(decompress(kinds["one_record_without_time"]))["Records"]
    assert sum("eventTime" not in record for record in records) == 1
