"""Who reads and writes objects in S3: data events (S3 user guide, "CloudTrail events")."""

from __future__ import annotations

from dataclasses import replace

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage, data
from demo.calls import Call, Failure, Json
from demo.clock import HOUR, MINUTE
from demo.organization import PEOPLE
from demo.resources.base import Resource

_, BOB, _, DAN, _, ERIN = PEOPLE
RAW = "datalake-raw-west"
DROP = "partner-drop-west"
DENIED = Failure("AccessDenied", "Access Denied")
SLOW = Failure("SlowDown", "Please reduce your request rate.")


def deeds(stage: Stage) -> list[Deed]:
    """A day of objects, in buckets of the activity's own."""
    hour = f"{stage.number:02d}"
    read = [_get(stage, RAW, f"events/part-{number % 3}.parquet", 4096) for number in range(6)]
    writes = [
        _put(stage, RAW, f"loads/{hour}-kms.parquet", "aws:kms"),
        _put(stage, RAW, f"loads/{hour}-plain.parquet", None),
        data(_call(stage, RAW, f"loads/{hour}-old.parquet", "DeleteObject"), *_about(stage, RAW)),
    ]
    denied = [_get(stage, RAW, "payroll/2026.csv", 0).refused(DENIED) for _ in range(2)]
    by_acl = [_put(stage, DROP, f"in/{hour}.csv", None, acl="public-read")]
    slowed = [_get(stage, RAW, "events/part-0.parquet", 0).refused(SLOW)]
    return [
        *stage.app("etl", MORNING, read),
        *stage.at(BOB, MORNING + MINUTE, writes),
        *stage.at(DAN, AFTERNOON, denied),
        *stage.at(ERIN, AFTERNOON + MINUTE, by_acl),
        *stage.app("etl", AFTERNOON + 2 * MINUTE, slowed),
    ]


def reads(stage: Stage, known: list[Resource]) -> list[Deed]:
    """Objects read in buckets that Config shows."""
    calls = [_get(stage, bucket.resource_id, "report.csv", 512) for bucket in known]
    return stage.app("orders-api", AFTERNOON + 3 * MINUTE, calls)


def tagged_writes(stage: Stage, known: list[Resource]) -> list[Deed]:
    """Objects written late in the day to a bucket that Config shows, logged with its tags."""
    start = 22 * HOUR + 30 * MINUTE
    bucket = next((one for one in known if _shown_tags(one, stage.day + start)), None)
    if bucket is None:
        return []
    name, hour = bucket.resource_id, f"{stage.number:02d}"
    deleted = data(_call(stage, name, "exports/old.csv", "DeleteObject"), *_about(stage, name))
    calls = [
        _put(stage, name, f"exports/{hour}.csv", "aws:kms"),
        _put(stage, name, "exports/latest.csv", "aws:kms"),
        deleted,
        _get(stage, name, "exports/latest.csv", 512),
        _put(stage, name, "payroll/latest.csv", None).refused(DENIED),
    ]
    tags = [{"arn": bucket.arn, "tags": _shown_tags(bucket, stage.day + start)}]
    context = {"eventContext": {"tagContext": {"resourceTags": tags}}}
    enriched = [replace(call, fields={**(call.fields or {}), **context}) for call in calls]
    return stage.app("etl", start, enriched)


def _shown_tags(bucket: Resource, moment: int) -> Json:
    """The tags that a bucket has since before a moment; none where that is not sure."""
    is_settled = bucket.last is not None and bucket.last.captured_at < moment
    return dict(bucket.tags) if is_settled and not bucket.is_capture_due else {}


def _call(stage: Stage, bucket: str, key: str, name: str, **more: object) -> Call:
    host = f"{bucket}.s3.{stage.place.region}.amazonaws.com"
    request: Json = {"bucketName": bucket, "Host": host, "key": key, **more}
    return Call("s3", name, request, None, name.startswith("Get"), host=host)


def _get(stage: Stage, bucket: str, key: str, size: int) -> Call:
    return data(_call(stage, bucket, key, "GetObject"), *_about(stage, bucket, key, out=size))


def _put(stage: Stage, bucket: str, key: str, algorithm: str | None, acl: str = "") -> Call:
    asked: Json = {"x-amz-server-side-encryption": algorithm} if algorithm else {}
    if acl:
        asked["x-amz-acl"] = acl
    call = _call(stage, bucket, key, "PutObject", **asked)
    answer = {"x-amz-server-side-encryption": algorithm or "AES256"}
    done = Call("s3", "PutObject", call.request, answer, host=call.host)
    return data(done, *_about(stage, bucket, key, acl=bool(acl)))


def _about(
    stage: Stage, bucket: str, key: str = "", out: int = 0, acl: bool = False
) -> tuple[Json, list[Json]]:
    additional: Json = {
        "SignatureVersion": "SigV4",
        "CipherSuite": "TLS_AES_128_GCM_SHA256",
        "bytesTransferredIn": 0,
        "AuthenticationMethod": "AuthHeader",
        "x-amz-id-2": stage.ids.hexadecimal(48),
        "bytesTransferredOut": out,
    }
    if acl:
        additional["aclRequired"] = "Yes"
    arn = f"arn:aws:s3:::{bucket}"
    resources: list[Json] = [
        {"type": "AWS::S3::Object", "ARN": f"{arn}/{key}"},
        {"accountId": stage.account_id, "type": "AWS::S3::Bucket", "ARN": arn},
    ]
    return additional, resources
