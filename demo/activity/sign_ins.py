"""Sign-ins: to the console with and without MFA, and to IAM Identity Center."""

from __future__ import annotations

from demo import identities, organization
from demo.activity.base import MORNING, Deed, Stage
from demo.calls import Call, Caller, Failure, Json
from demo.clock import HOUR, MINUTE
from demo.organization import PEOPLE, ROOT, SSO_PATH, sso_role

ALICE, _, CAROL, _, _, _ = PEOPLE
CAROL_NAME = "carol@example.com"
OUTSIDE = "192.0.2.200"
GUESSES = 6


def deeds(stage: Stage) -> list[Deed]:
    """Identity Center every day; a guessed password on the fourth; root on the sixth."""
    acts = {
        3: [
            *stage.by(outside(stage, "mallory", None), 3 * HOUR, [_console(False)] * GUESSES),
            *stage.by(outside(stage, "mallory", None), 3 * HOUR + MINUTE, [_console(True)]),
            *stage.by(_alice(stage), MORNING, [_console(True, mfa="Yes")]),
        ],
        5: [
            *stage.by(_root(stage), 4 * HOUR, [_console(False), _console(False, mfa="Yes")]),
            *stage.by(_root(stage), 4 * HOUR + MINUTE, [_console(True, mfa="Yes")]),
        ],
    }
    return [*stage.by(_at_the_door(stage), MORNING, _center()), *acts.get(stage.number % 7, [])]


def _console(has_succeeded: bool, mfa: str = "No") -> Call:
    page = "https://console.aws.amazon.com/console/home"
    data: Json = {"LoginTo": page, "MobileVersion": "No", "MFAUsed": mfa}
    answer = {"ConsoleLogin": "Success" if has_succeeded else "Failure"}
    return Call(
        "signin", "ConsoleLogin", None, answer, False, (), "signin.aws.amazon.com",
        "AwsConsoleSignIn", {"additionalEventData": data},
        None if has_succeeded else Failure("", "Failed authentication"),
    )  # fmt: skip


def _center() -> list[Call]:
    """What Identity Center logs of a sign-in, and of the choice of an account and role."""
    chosen = {
        "account_id": organization.ACCOUNT_IDS[0],
        "role_name": "AdministratorAccess",
        "relayId": "f4a0d5a4",
    }
    verified = {"CredentialVerification": "Success"}
    return [
        _service("signin", "CredentialVerification", verified),
        _service("sso", "Authenticate", None),
        _service("sso", "Federate", chosen),
    ]


def _service(service: str, name: str, details: Json | None) -> Call:
    fields: Json = {"serviceEventDetails": details} if details else {}
    return Call(service, name, event_type="AwsServiceEvent", fields=fields)


def outside(stage: Stage, name: str, started: int | None = 0) -> Caller:
    """An IAM user from where nobody of the organization is; with its key, or before it signs in."""
    identity = identities.iam_user(stage.account_id, name)
    if started is None:
        del identity["accessKeyId"]
        return Caller(identity, OUTSIDE, organization.CONSOLE)
    return Caller(identity, OUTSIDE, organization.BOTO)


def center_caller(stage: Stage) -> Caller:
    """Carol's session with rights over everything, given by Identity Center."""
    role = sso_role(stage.account_id, "AdministratorAccess")
    started = stage.day + 8 * HOUR
    identity = identities.assumed_role(stage.account_id, role, CAROL_NAME, started, SSO_PATH)
    return Caller(identity, CAROL.address, organization.CONSOLE, from_console=True)


def _alice(stage: Stage) -> Caller:
    identity = identities.iam_user(stage.account_id, "alice")
    del identity["accessKeyId"]
    return Caller(identity, ALICE.address, organization.CONSOLE)


def _root(stage: Stage) -> Caller:
    identity = dict(identities.root(stage.account_id, stage.day))
    del identity["accessKeyId"], identity["sessionContext"]
    return Caller(identity, ROOT.address, organization.CONSOLE)


def _at_the_door(stage: Stage) -> Caller:
    identity = identities.unknown(stage.account_id, CAROL_NAME)
    return Caller(identity, CAROL.address, organization.CONSOLE)
