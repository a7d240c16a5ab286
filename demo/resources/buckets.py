"""AWS::S3::Bucket.

S3's configuration calls are logged as XML turned into JSON: one element is an
object and several are a list, texts that look like numbers or booleans become
such, and the sub-resource is an empty key. Config shows the same things in camel
case under supplementaryConfiguration, the access control list as a JSON text.
Since January 2023 every bucket is encrypted, so that deleting a bucket's
encryption shows as a reset to AES256.
"""

from __future__ import annotations

from typing import Any

from demo.calls import Call, Json, Place
from demo.clock import iso_millis
from demo.events import encode
from demo.ids import stable_hex
from demo.items import S3_DEFAULT, Encryption
from demo.resources.base import Change, Resource

TYPE = "AWS::S3::Bucket"
_BLOCKS = ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets")
XMLNS = "http://s3.amazonaws.com/doc/2006-03-01/"


def new(place: Place, name: str) -> Resource:
    """A bucket with the settings every new bucket has."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=name,
        name=name,
        arn=f"arn:aws:s3:::{name}",
        attributes=_defaults(),
        zone="Regional",
    )


def _defaults() -> dict[str, Any]:
    return {
        "encryption": S3_DEFAULT,
        "policy": None,
        "versioning": "Off",
        "expire_days": None,
        "log_target": None,
        "replica": None,
        "grants": None,
        "is_blocked": True,
    }


def host(bucket: Resource) -> str:
    """The virtual-hosted address of a bucket."""
    return f"{bucket.name}.s3.{bucket.place.region}.amazonaws.com"


def request(bucket: Resource, parameters: Json | None = None) -> Json:
    """requestParameters of a call on a bucket."""
    return {"bucketName": bucket.name, "Host": host(bucket), **(parameters or {})}


def named(bucket: Resource) -> tuple[Json, ...]:
    """`resources` of a call on a bucket; CreateBucket has none."""
    return ({"accountId": bucket.place.account_id, "type": TYPE, "ARN": bucket.arn},)


def _call(name: str, bucket: Resource, parameters: Json | None = None) -> Call:
    return Call("s3", name, request(bucket, parameters), None, False, named(bucket), host(bucket))


def create(bucket: Resource) -> Change:
    """CreateBucket: a bucket made again starts with the defaults."""
    parameters = request(bucket, {"x-amz-object-ownership": "BucketOwnerEnforced"})
    if bucket.place.region != "us-east-1":
        parameters["CreateBucketConfiguration"] = {
            "xmlns": XMLNS,
            "LocationConstraint": bucket.place.region,
        }
    call = Call("s3", "CreateBucket", parameters, host=host(bucket))
    return Change(bucket, call, _defaults(), tags={}, creates=True)


def delete(bucket: Resource) -> Change:
    """DeleteBucket."""
    return Change(bucket, _call("DeleteBucket", bucket), deletes=True)


def put_encryption(bucket: Resource, wanted: Encryption, form: str = "object") -> Change:
    """PutBucketEncryption; `form` is how the rules are logged: object, list or plural."""
    default: Json = {"SSEAlgorithm": wanted.algorithm}
    if wanted.kms_key is not None:
        default["KMSMasterKeyID"] = wanted.kms_key
    rule: Json = {"ApplyServerSideEncryptionByDefault": default}
    if wanted.algorithm != "AES256":
        rule["BucketKeyEnabled"] = True
    rules: Json = {"Rule": rule}
    if form == "list":
        rules = {"Rule": [rule]}
    elif form == "plural":
        rules = {"Rules": [rule]}
    parameters = {
        "encryption": "",
        "ServerSideEncryptionConfiguration": {"xmlns": XMLNS, **rules},
    }
    call = _call("PutBucketEncryption", bucket, parameters)
    return Change(bucket, call, {"encryption": wanted}, encryption=wanted)


def delete_encryption(bucket: Resource) -> Change:
    """DeleteBucketEncryption."""
    call = _call("DeleteBucketEncryption", bucket, {"encryption": ""})
    return Change(bucket, call, {"encryption": S3_DEFAULT}, encryption=S3_DEFAULT)


def _coerced(value: str) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.isdigit() else value


def put_tagging(bucket: Resource, tags: dict[str, str]) -> Change:
    """PutBucketTagging: replaces all tags."""
    listed = [{"Value": _coerced(value), "Key": key} for key, value in tags.items()]
    tag_set: Json = {"Tag": listed[0] if len(listed) == 1 else listed}
    parameters = {"Tagging": {"xmlns": XMLNS, "TagSet": tag_set}, "tagging": ""}
    return Change(bucket, _call("PutBucketTagging", bucket, parameters), tags=tags)


def put_policy(bucket: Resource, policy: Json) -> Change:
    """PutBucketPolicy: the policy is logged as an object."""
    call = _call("PutBucketPolicy", bucket, {"bucketPolicy": policy, "policy": ""})
    return Change(bucket, call, {"policy": policy})


def put_versioning(bucket: Resource, status: str) -> Change:
    """PutBucketVersioning: Enabled or Suspended."""
    parameters = {
        "versioning": "",
        "VersioningConfiguration": {"xmlns": XMLNS, "Status": status},
    }
    return Change(bucket, _call("PutBucketVersioning", bucket, parameters), {"versioning": status})


def put_lifecycle(bucket: Resource, days: int) -> Change:
    """PutBucketLifecycle: expire everything after some days."""
    rule = {
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Days": days},
        "ID": "expire",
    }
    parameters = {"lifecycle": "", "LifecycleConfiguration": {"xmlns": XMLNS, "Rule": rule}}
    return Change(bucket, _call("PutBucketLifecycle", bucket, parameters), {"expire_days": days})


def put_acl(bucket: Resource, canned: str) -> Change:
    """PutBucketAcl: `private` or `public-read`."""
    call = _call("PutBucketAcl", bucket, {"acl": "", "x-amz-acl": canned})
    return Change(bucket, call, {"grants": None if canned == "private" else canned})


def put_public_access_block(bucket: Resource, is_blocked: bool) -> Change:
    """PutBucketPublicAccessBlock: all of it on, or all of it off."""
    wanted = {"xmlns": XMLNS, **{name[0].upper() + name[1:]: is_blocked for name in _BLOCKS}}
    parameters = {"publicAccessBlock": "", "PublicAccessBlockConfiguration": wanted}
    call = _call("PutBucketPublicAccessBlock", bucket, parameters)
    return Change(bucket, call, {"is_blocked": is_blocked})


def delete_lifecycle(bucket: Resource) -> Change:
    """DeleteBucketLifecycle."""
    call = _call("DeleteBucketLifecycle", bucket, {"lifecycle": ""})
    return Change(bucket, call, {"expire_days": None})


def put_logging(bucket: Resource, target: str) -> Change:
    """PutBucketLogging: access logs to another bucket."""
    enabled = {"TargetBucket": target, "TargetPrefix": f"{bucket.name}/"}
    parameters = {"logging": "", "BucketLoggingStatus": {"xmlns": XMLNS, "LoggingEnabled": enabled}}
    return Change(bucket, _call("PutBucketLogging", bucket, parameters), {"log_target": target})


def put_replication(bucket: Resource, target: Resource, role_arn: str) -> Change:
    """PutBucketReplication: names another bucket and a role."""
    rule = {
        "ID": "all",
        "Status": "Enabled",
        "Destination": {"Bucket": target.arn},
    }
    parameters = {
        "replication": "",
        "ReplicationConfiguration": {"xmlns": XMLNS, "Role": role_arn, "Rule": rule},
    }
    call = _call("PutBucketReplication", bucket, parameters)
    return Change(bucket, call, {"replica": (role_arn, target.arn)})


def tls_only_policy(bucket: Resource, statement_id: str = "TlsOnly") -> Json:
    """A policy that refuses requests without TLS."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": statement_id,
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [bucket.arn, f"{bucket.arn}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def render(bucket: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a bucket's item."""
    owner = {"displayName": None, "id": stable_hex(64, "owner", bucket.place.account_id)}
    configuration: Json = {
        "name": bucket.name,
        "owner": owner,
        "creationDate": iso_millis(bucket.created_at),
    }
    return configuration, _supplementary(bucket, owner, tags)


def _supplementary(bucket: Resource, owner: Json, tags: dict[str, str]) -> Json:
    state = bucket.attributes
    target = state["log_target"]
    grants: list[Json] = [
        {"grantee": {"id": owner["id"], "displayName": None}, "permission": "FullControl"}
    ]
    if state["grants"]:
        grants.append({"grantee": "AllUsers", "permission": "Read"})
    more: Json = {
        "AccessControlList": encode({
            "grantSet": None,
            "grantList": grants,
            "owner": owner,
            "isRequesterCharged": False,
        }),
        "BucketAccelerateConfiguration": {"status": None},
        "BucketLoggingConfiguration": {
            "destinationBucketName": target,
            "logFilePrefix": f"{bucket.name}/" if target else None,
        },
        "BucketNotificationConfiguration": {"configurations": {}},
        "BucketPolicy": {"policyText": encode(state["policy"]) if state["policy"] else None},
        "BucketVersioningConfiguration": {
            "status": state["versioning"], "isMfaDeleteEnabled": None,
        },
        "IsRequesterPaysEnabled": False,
        "PublicAccessBlockConfiguration": dict.fromkeys(_BLOCKS, state["is_blocked"]),
        "ServerSideEncryptionConfiguration": _encryption(state["encryption"]),
    }  # fmt: skip
    if state["expire_days"]:
        rule = {"id": "expire", "status": "Enabled", "expirationInDays": state["expire_days"]}
        more["BucketLifecycleConfiguration"] = {"rules": [rule]}
    if state["replica"]:
        role_arn, target_arn = state["replica"]
        destination = {"bucketARN": target_arn, "storageClass": None}
        rules = {"all": {"status": "Enabled", "destinationConfig": destination}}
        more["BucketReplicationConfiguration"] = {"roleARN": role_arn, "rules": rules}
    if tags:
        more["BucketTaggingConfiguration"] = {"tagSets": [{"tags": dict(tags)}]}
    return more


def _encryption(current: Encryption) -> Json:
    default = {"sseAlgorithm": current.algorithm, "kmsMasterKeyID": current.kms_key}
    is_kms = current.algorithm != "AES256"
    return {"rules": [{"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": is_kms}]}
