"""The calls that fill a log without changing what Config records.

Mostly reads, and writes to what the demo doesn't record: log streams, grants,
parameters, heartbeats. Some of the writes name recorded resources all the same,
as they do in real logs, and cause no item.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from demo.calls import Failure, Json
from demo.resources.base import Resource


@dataclass(frozen=True, slots=True)
class Known:
    """What callers of a place can name; each list has at least one entry."""

    buckets: Sequence[Resource]
    roles: Sequence[Resource]
    users: Sequence[Resource]
    keys: Sequence[Resource]
    instances: Sequence[Resource]
    functions: Sequence[Resource]


Ask = Callable[[Random, Known], Json | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of call: how often, who makes it, what it asks, and how it fails."""

    weight: float
    service: str
    name: str
    who: str
    ask: Ask
    failure: Failure | None = None
    read_only: bool = True
    is_global: bool = False


THROTTLED = Failure("ThrottlingException", "Rate exceeded")
EC2_DENIED = Failure(
    "Client.UnauthorizedOperation", "You are not authorized to perform this operation."
)
S3_DENIED = Failure("AccessDenied", "Access Denied")
NO_POLICY = Failure("NoSuchBucketPolicy", "The bucket policy does not exist")
NO_TAGS = Failure("NoSuchTagSet", "The TagSet does not exist")
NO_ENTITY = Failure("NoSuchEntityException", "The role cannot be found.")


def _nothing(_random: Random, _known: Known) -> Json | None:
    return None


def _filters(random: Random, _known: Known) -> Json | None:
    return {"filterSet": {}, "maxResults": random.choice((100, 1000))}


def _bucket(sub_resource: str) -> Ask:
    def ask(random: Random, known: Known) -> Json | None:
        bucket = random.choice(known.buckets)
        host = f"{bucket.name}.s3.{bucket.place.region}.amazonaws.com"
        return {"bucketName": bucket.name, "Host": host, sub_resource: ""}

    return ask


def _role(random: Random, known: Known) -> Json | None:
    return {"roleName": random.choice(known.roles).name}


def _user(random: Random, known: Known) -> Json | None:
    return {"userName": random.choice(known.users).name}


def _decrypt(random: Random, known: Known) -> Json | None:
    key = random.choice(known.keys)
    return {"encryptionAlgorithm": "SYMMETRIC_DEFAULT", "keyId": key.arn}


def _data_key(random: Random, known: Known) -> Json | None:
    bucket = random.choice(known.buckets)
    context = {"aws:s3:arn": bucket.arn}
    key = random.choice(known.keys)
    return {"keySpec": "AES_256", "keyId": key.arn, "encryptionContext": context}


def _key(random: Random, known: Known) -> Json | None:
    return {"keyId": random.choice(known.keys).resource_id}


def _grant(random: Random, known: Known) -> Json | None:
    key = random.choice(known.keys)
    return {
        "keyId": key.arn,
        "granteePrincipal": random.choice(known.roles).arn,
        "operations": ["Decrypt", "GenerateDataKey"],
    }


def _function(random: Random, known: Known) -> Json | None:
    return {"functionName": random.choice(known.functions).name}


def _instance(random: Random, known: Known) -> Json | None:
    instance = random.choice(known.instances)
    return {"instancesSet": {"items": [{"instanceId": instance.resource_id}]}}


def _heartbeat(random: Random, known: Known) -> Json | None:
    instance = random.choice(known.instances)
    return {
        "instanceId": instance.resource_id,
        "agentVersion": "3.3.1611.0",
        "agentStatus": "Active",
        "platformType": "Linux",
    }


def _assume(random: Random, known: Known) -> Json | None:
    role = random.choice(known.roles)
    return {"roleArn": role.arn, "roleSessionName": f"session-{random.randrange(10**6)}"}


def _log_stream(random: Random, known: Known) -> Json | None:
    function = random.choice(known.functions)
    stream = f"2026/03/[$LATEST]{random.getrandbits(128):032x}"
    return {"logGroupName": f"/aws/lambda/{function.name}", "logStreamName": stream}


def _parameter(random: Random, _known: Known) -> Json | None:
    name = f"/{random.choice(('billing', 'orders', 'search'))}/{random.randrange(40)}"
    return {"name": name, "withDecryption": True}


def _evaluations(random: Random, known: Known) -> Json | None:
    bucket = random.choice(known.buckets)
    return {
        "evaluations": [
            {
                "complianceResourceType": bucket.resource_type,
                "complianceResourceId": bucket.resource_id,
                "complianceType": "COMPLIANT",
            }
        ],
        "resultToken": "EXAMPLE",
    }


def _alarm(random: Random, _known: Known) -> Json | None:
    return {"alarmName": f"errors-{random.randrange(60)}", "threshold": 1.0}


KINDS = (
    Kind(9, "ec2", "DescribeInstances", "config", _filters, THROTTLED),
    Kind(4, "ec2", "DescribeInstances", "people", _instance, EC2_DENIED),
    Kind(5, "ec2", "DescribeSecurityGroups", "config", _filters, THROTTLED),
    Kind(3, "ec2", "DescribeVolumes", "people", _filters, EC2_DENIED),
    Kind(2, "ec2", "DescribeRouteTables", "people", _filters),
    Kind(3, "ec2", "DescribeInstanceStatus", "service", _filters),
    Kind(2, "ec2", "DescribeTags", "app", _filters, EC2_DENIED),
    Kind(2, "s3", "ListBuckets", "people", lambda _, __: {"Host": "s3.amazonaws.com"}),
    Kind(4, "s3", "GetBucketAcl", "config", _bucket("acl"), S3_DENIED),
    Kind(3, "s3", "GetBucketEncryption", "config", _bucket("encryption"), S3_DENIED),
    Kind(3, "s3", "GetBucketPolicy", "people", _bucket("policy"), NO_POLICY),
    Kind(2, "s3", "GetBucketTagging", "people", _bucket("tagging"), NO_TAGS),
    Kind(2, "s3", "GetBucketLocation", "stranger", _bucket("location"), S3_DENIED),
    Kind(2, "s3", "GetBucketVersioning", "config", _bucket("versioning")),
    Kind(4, "iam", "GetRole", "people", _role, NO_ENTITY, is_global=True),
    Kind(2, "iam", "ListRoles", "people", _nothing, is_global=True),
    Kind(2, "iam", "GetUser", "people", _user, is_global=True),
    Kind(3, "iam", "ListAttachedRolePolicies", "config", _role, THROTTLED, is_global=True),
    Kind(10, "kms", "Decrypt", "app", _decrypt, Failure("AccessDenied", "Access denied")),
    Kind(5, "kms", "GenerateDataKey", "app", _data_key),
    Kind(2, "kms", "DescribeKey", "people", _key),
    Kind(2, "lambda", "ListFunctions20150331", "people", _nothing, THROTTLED),
    Kind(3, "lambda", "GetFunction20150331v2", "people", _function),
    Kind(11, "sts", "AssumeRole", "service", _assume),
    Kind(2, "sts", "AssumeRole", "people", _assume, S3_DENIED),
    Kind(3, "sts", "GetCallerIdentity", "people", _nothing),
    Kind(0.6, "sts", "AssumeRoleWithSAML", "saml", _assume, is_global=True),
    Kind(1.2, "sts", "AssumeRoleWithWebIdentity", "web", _assume, S3_DENIED),
    Kind(0.4, "lakeformation", "GetDataAccess", "role", _nothing),
    Kind(0.4, "sso", "ListAccounts", "center", _nothing, is_global=True),
    Kind(0.4, "sso", "Authenticate", "unknown", _nothing, is_global=True),
    Kind(0.5, "workspaces", "DescribeWorkspaces", "directory", _nothing, is_global=True),
    Kind(4, "ssm", "GetParameter", "app", _parameter, THROTTLED),
    Kind(2, "logs", "DescribeLogGroups", "people", _nothing),
    Kind(2, "monitoring", "DescribeAlarms", "people", _nothing, THROTTLED),
    Kind(14, "logs", "CreateLogStream", "app", _log_stream, THROTTLED, False),
    Kind(9, "ssm", "UpdateInstanceInformation", "app", _heartbeat, THROTTLED, False),
    Kind(3, "config", "PutEvaluations", "app", _evaluations, None, False),
    Kind(1.5, "kms", "CreateGrant", "people", _grant, None, False),
    Kind(1, "ssm", "PutParameter", "people", _parameter, S3_DENIED, False),
    Kind(0.8, "monitoring", "PutMetricAlarm", "people", _alarm, None, False),
    Kind(1, "signin", "ConsoleLogin", "login", _nothing, None, False, is_global=True),
)
