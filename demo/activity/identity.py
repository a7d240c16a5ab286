"""People, keys and roles in the management account: one bad week of sign-ins and rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from demo import identities, organization
from demo.activity.base import AFTERNOON, MORNING, Deed, Stage
from demo.activity.sign_ins import CAROL_NAME, center_caller, outside
from demo.calls import Call, Caller, Failure, Json
from demo.clock import HOUR, MINUTE
from demo.ids import access_key_id, stable
from demo.organization import PEOPLE
from demo.resources.base import Resource

ALICE, BOB, CAROL, _, _, _ = PEOPLE
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
QUARANTINE = "AWSExposedCredentialPolicy_DO_NOT_REMOVE"
SUPPORT = "AWSServiceRoleForSupport"
STRANGERS = "598765432109"


def deeds(stage: Stage) -> list[Deed]:
    """Roles and keys on the third day, a stolen key on the fifth, support on the sixth."""
    acts = {
        2: [
            *stage.by(center_caller(stage), MORNING, _by_carol(stage)),
            *stage.by(_role_session(stage), MORNING + HOUR, [_assume(stage, "backup-runner")]),
            *stage.by(_bob(stage), MORNING + 2 * HOUR, [_assume(stage, "audit-reader")]),
        ],
        4: [
            *stage.by(outside(stage, "mallory"), AFTERNOON, _by_mallory(stage)),
            *stage.by(_aws(stage), AFTERNOON + 20 * MINUTE, [_quarantine()]),
        ],
        5: stage.by(_support(), MORNING, [_assume(stage, SUPPORT)]),
    }
    return acts.get(stage.number % 7, [])


def of_new_roles(stage: Stage, new: Sequence[Resource]) -> list[Deed]:
    """Programs whose roles were made today, and lack a right."""
    denied = Failure(
        "AccessDeniedException",
        "not authorized to perform: secretsmanager:GetSecretValue because no identity-based policy "
        "allows the secretsmanager:GetSecretValue action",
    )
    call = Call("secretsmanager", "GetSecretValue", {"secretId": "ledger"}, None, True)
    found = []
    for role in new:
        started = stage.day + 22 * HOUR
        identity = identities.assumed_role(stage.account_id, str(role.name), "first-run", started)
        caller = Caller(identity, "198.51.100.66", organization.BOTO)
        found += stage.by(caller, 22 * HOUR, [call.refused(denied)])
    return found


def _by_carol(stage: Stage) -> list[Call]:
    trust = (
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":'
        f'"arn:aws:iam::{STRANGERS}:root"}},"Action":"sts:AssumeRole"}}]}}'
    )
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    role = {"roleName": "vendor-access", "assumeRolePolicyDocument": trust}
    made = {"accessKey": {"userName": "mallory", "accessKeyId": _mallorys_key(stage)}}
    denied = Failure(
        "AccessDenied",
        f"User: {CAROL_NAME} is not authorized to perform: organizations:LeaveOrganization",
    )
    return [
        _iam("CreateRole", **role),
        _iam("PutRolePolicy", roleName="vendor-access", policyName="all", policyDocument=policy),
        _iam("UpdateAssumeRolePolicy", roleName="vendor-access", policyDocument=trust),
        _iam("CreateUser", userName="mallory"),
        replace(_iam("CreateAccessKey", userName="mallory"), response=made),
        _iam("CreateLoginProfile", userName="mallory"),
        _iam("AddUserToGroup", userName="mallory", groupName="CloudAdmins"),
        _iam("DeactivateMFADevice", userName="mallory", serialNumber=_device(stage, "mallory")),
        Call("iam", "ListUsers", None, None, read_only=True),
        Call("organizations", "LeaveOrganization").refused(denied),
    ]


def _by_mallory(stage: Stage) -> list[Call]:
    denied = Failure(
        "AccessDenied",
        f"User: arn:aws:iam::{stage.account_id}:user/mallory is not authorized to perform: "
        "iam:DeleteAccountPasswordPolicy with an explicit deny in a service control policy",
    )
    return [
        Call("sts", "GetCallerIdentity", None, None, read_only=True),
        _iam("AttachUserPolicy", userName="mallory", policyArn=ADMINISTRATOR),
        _iam("DeleteVirtualMFADevice", serialNumber=_device(stage, "heidi")),
        _iam("DeleteAccountPasswordPolicy").refused(denied),
        Call("s3", "ListBuckets", {"Host": "s3.amazonaws.com"}, None, read_only=True),
    ]


def _quarantine() -> Call:
    return _iam("PutUserPolicy", userName="mallory", policyName=QUARANTINE, policyDocument="{}")


def _iam(name: str, **request: object) -> Call:
    return Call("iam", name, dict(request) or None)


def _device(stage: Stage, name: str) -> str:
    return f"arn:aws:iam::{stage.account_id}:mfa/{name}"


def _mallorys_key(stage: Stage) -> str:
    return access_key_id("AKIA", stage.account_id, "mallory")


def _assume(stage: Stage, role: str) -> Call:
    arn = f"arn:aws:iam::{stage.account_id}:role/{role}"
    session = f"{role}-session"
    answer: Json = {
        "credentials": {"accessKeyId": access_key_id("ASIA", arn, stage.number)},
        "assumedRoleUser": {
            "assumedRoleId": f"{stable('AROA', 17, stage.account_id, 'role', role)}:{session}",
            "arn": f"arn:aws:sts::{stage.account_id}:assumed-role/{role}/{session}",
        },
    }
    resource = {"accountId": stage.account_id, "type": "AWS::IAM::Role", "ARN": arn}
    return Call(
        "sts", "AssumeRole", {"roleArn": arn, "roleSessionName": session}, answer, True, (resource,)
    )


def _role_session(stage: Stage) -> Caller:
    """A role that is about to assume itself."""
    started = stage.day + 6 * HOUR
    identity = identities.assumed_role(stage.account_id, "backup-runner", "nightly", started)
    return Caller(identity, "198.51.100.77", organization.BOTO)


def _bob(stage: Stage) -> Caller:
    return BOB.caller(stage.account_id, stage.day + MORNING)


def _aws(stage: Stage) -> Caller:
    """AWS itself, in mallory's name."""
    return outside(stage, "mallory").through("aws-internal")


def _support() -> Caller:
    return Caller(
        identities.aws_service("support"), "support.amazonaws.com", "support.amazonaws.com"
    )
