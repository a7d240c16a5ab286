"""What watches over the organization, and who turns it off; accounts, rules, questions."""

from __future__ import annotations

from dataclasses import replace

from demo import identities, organization
from demo.activity.base import AFTERNOON, MORNING, Deed, Stage
from demo.activity.sign_ins import center_caller, outside
from demo.calls import Call, Caller, Failure, Json
from demo.clock import HOUR, MINUTE
from demo.ids import stable_hex
from demo.organization import PEOPLE, SHARED_ROLE

_, BOB, _, _, _, ERIN = PEOPLE
DENY_REGIONS = "p-regions01"
OLD_AGENT = "aws-sdk-java/1.11.22 Linux/3.10 OpenJDK_64-Bit_Server_VM/25.71-b15"
TRAIL = "organization-trail"
RULES = ("s3-bucket-server-side-encryption-enabled", "iam-user-mfa-enabled")


def deeds(stage: Stage) -> list[Deed]:
    """Rules and old programs every day; the organization on the second, mischief on the fifth."""
    acts = {
        1: stage.by(center_caller(stage), MORNING + HOUR, _organization()),
        3: stage.by(BOB.caller(stage.account_id, stage.day + MORNING), MORNING, _queries(stage)),
        4: stage.by(outside(stage, "mallory"), AFTERNOON + 3 * MINUTE, _mischief(stage)),
    }
    return [
        *stage.by(_rule(stage), 2 * HOUR, _evaluations(stage)),
        *stage.by(_old_program(stage), MORNING, _old_tls()),
        *stage.by(ERIN.caller(stage.account_id, stage.day + MORNING), MORNING, _enriched(stage)),
        *acts.get(stage.number % 7, []),
    ]


def _mischief(stage: Stage) -> list[Call]:
    anybody = {"add": {"items": [{"group": "all"}]}}
    arn = f"arn:aws:cloudtrail:us-east-1:{stage.account_id}:trail/{TRAIL}"
    calls = (
        ("cloudtrail", "PutEventSelectors", {"trailName": TRAIL, "eventSelectors": []}),
        ("cloudtrail", "UpdateTrail", {"name": TRAIL, "isMultiRegionTrail": False}),
        ("cloudtrail", "StopLogging", {"name": arn}),
        ("config", "StopConfigurationRecorder", {"configurationRecorderName": "default"}),
        ("guardduty", "DeleteDetector", {"detectorId": stable_hex(32, "detector")}),
        ("ec2", "DeleteFlowLogs", {"DeleteFlowLogsRequest": {"FlowLogId": "fl-0aa11bb22"}}),
        ("ec2", "ModifyImageAttribute", {"imageId": "ami-0d1e", "launchPermission": anybody}),
        ("ec2", "ModifySnapshotAttribute", _shared_snapshot("snap-0d1e", anybody)),
        ("rds", "ModifyDBSnapshotAttribute", _shared_database()),
        ("codebuild", "UpdateProjectVisibility", {"projectVisibility": "PUBLIC_READ"}),
        ("s3", "PutBucketPolicy", _open_bucket()),
    )
    deleted = Call("cloudtrail", "DeleteTrail", {"name": TRAIL})
    denied = Failure("AccessDeniedException", "not authorized to perform: cloudtrail:DeleteTrail")
    return [*(Call(*call) for call in calls), deleted.refused(denied)]


def _shared_snapshot(snapshot_id: str, anybody: Json) -> Json:
    permission = {"snapshotId": snapshot_id, "createVolumePermission": anybody}
    return {**permission, "attributeType": "CREATE_VOLUME_PERMISSION"}


def _shared_database() -> Json:
    return {
        "dBSnapshotIdentifier": "ledger-monthly",
        "attributeName": "restore",
        "valuesToAdd": ["all"],
    }


def _open_bucket() -> Json:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"bucketName": "example-organization-exports", "bucketPolicy": policy, "policy": ""}


def _organization() -> list[Call]:
    policy = {"name": "deny-other-regions", "type": "SERVICE_CONTROL_POLICY", "content": "{}"}
    member = organization.ACCOUNT_IDS[1]
    calls = (
        ("CreateAccount", {"email": "HIDDEN_DUE_TO_SECURITY_REASONS", "accountName": "sandbox"}),
        ("InviteAccountToOrganization", {"target": {"id": "666677778888", "type": "ACCOUNT"}}),
        ("MoveAccount", {"accountId": member, "destinationParentId": "ou-ab12-sandbox1"}),
        ("CreatePolicy", policy),
        ("AttachPolicy", {"policyId": DENY_REGIONS, "targetId": "ou-ab12-sandbox1"}),
        ("UpdatePolicy", {"policyId": DENY_REGIONS, "content": "{}"}),
    )
    made = {"createAccountStatus": {"accountName": "sandbox", "state": "IN_PROGRESS"}}
    first, *others = (Call("organizations", name, request) for name, request in calls)
    return [replace(first, response=made), *others]


def _queries(stage: Stage) -> list[Call]:
    """A question to Lake, and one role of a member account."""
    question = {"queryStatement": "SELECT eventName FROM 3f0a2c5e LIMIT 10"}
    answer = {"queryId": stable_hex(8, "query", stage.number)}
    member = organization.ACCOUNT_IDS[0]
    role = f"arn:aws:iam::{member}:role/{SHARED_ROLE}"
    resource = {"accountId": member, "type": "AWS::IAM::Role", "ARN": role}
    request = {"roleArn": role, "roleSessionName": "bob"}
    return [
        Call("cloudtrail", "StartQuery", question, answer),
        Call("sts", "AssumeRole", request, None, True, (resource,)),
    ]


def _rule(stage: Stage) -> Caller:
    identity = identities.assumed_role(
        stage.account_id, "config-rules", "rules-engine", stage.day + HOUR
    )
    return Caller(identity, "198.51.100.88", organization.BOTO)


def _evaluations(stage: Stage) -> list[Call]:
    found = []
    for name in RULES:
        region = stage.place.region
        rule = f"arn:aws:config:{region}:{stage.account_id}:config-rule/config-rule-{name[:6]}"
        said = [
            _evaluation("AWS::S3::Bucket", "example-organization-logs", "COMPLIANT"),
            _evaluation("AWS::S3::Bucket", "example-organization-exports", "NON_COMPLIANT"),
        ]
        if "mfa" in name:
            said = [_evaluation("AWS::IAM::User", "mallory", "NOT_APPLICABLE")]
        request = {"evaluations": said, "resultToken": "EXAMPLE", "testMode": False}
        data = {"configRuleName": name, "configRuleArn": rule}
        found.append(
            Call("config", "PutEvaluations", request, fields={"additionalEventData": data})
        )
    return found


def _evaluation(kind: str, name: str, said: str) -> Json:
    return {
        "complianceResourceType": kind,
        "complianceResourceId": name,
        "complianceType": said,
        "orderingTimestamp": "Mar 2, 2026 2:00:00 AM",
    }


def _old_program(stage: Stage) -> Caller:
    identity = identities.iam_user(stage.account_id, "legacy-export")
    return Caller(identity, "203.0.113.99", OLD_AGENT)


def _old_tls() -> list[Call]:
    def spoken(version: str) -> Json:
        host = "sqs.us-east-1.amazonaws.com"
        cipher = "ECDHE-RSA-AES128-SHA"
        details = {"tlsVersion": version, "cipherSuite": cipher, "clientProvidedHostHeader": host}
        return {"tlsDetails": details}

    return [
        Call("sqs", "ListQueues", None, None, True, fields=spoken(version))
        for version in ("TLSv1", "TLSv1.1", "TLSv1.2")
    ]


def _enriched(stage: Stage) -> list[Call]:
    """Calls with the tags and condition keys that an enriched trail logs beside them."""
    arn = f"arn:aws:dynamodb:us-east-1:{stage.account_id}:table/ledger"
    tags = {"Environment": "prod", "aws:cloudformation:stack-name": "ledger-stack"}
    context = {
        "requestContext": {
            "aws:PrincipalOrgId": "o-example1234",
            "aws:SecureTransport": "true",
            "aws:RequestedRegion": "us-east-1",
            "aws:MultiFactorAuthPresent": "false",
        },
        "tagContext": {
            "resourceTags": [{"arn": arn, "tags": tags}],
            "principalTags": {"operator": "erin", "CostCenter": "4711"},
        },
    }
    denied = Failure("AccessDeniedException", "not authorized to perform: dynamodb:DeleteTable")
    fields = {"eventContext": context}
    described = Call("dynamodb", "DescribeTable", {"tableName": "ledger"}, None, True)
    read = replace(described, name="GetItem")
    data = {**fields, "managementEvent": False, "eventCategory": "Data"}
    deleted = Call("dynamodb", "DeleteTable", {"tableName": "ledger"}).refused(denied)
    return [
        replace(described, fields=fields),
        replace(read, fields=data),
        replace(deleted, fields=fields),
    ]
