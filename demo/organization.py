"""The accounts, the regions and the people, roles and services that act in them.

Account ids are those of AWS's documents, addresses are of RFC 5737.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo import identities
from demo.calls import Caller, Json, Place
from demo.clock import DAY, HOUR
from demo.ids import stable_hex
from demo.options import Options

ACCOUNT_IDS = (
    "111122223333", "444455556666", "777788889999", "123456789012", "210987654321",
    "999988887777", "888877776666", "555566667777", "222233334444", "333344445555",
)  # fmt: skip
# The organization's management account, in which Config records nothing.
MANAGEMENT = "012345678901"
HOME_REGION = "us-east-1"
REGIONS = (HOME_REGION, "eu-west-1")
GLOBAL = "global"
SHARED_ROLE = "shared-reporting"

CONSOLE = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0"
CLI = "aws-cli/2.24.10 md/awscrt#0.23.8 ua/2.0 os/linux#6.1 md/arch#x86_64 lang/python#3.12.9"
TERRAFORM = (
    "APN/1.0 HashiCorp/1.0 Terraform/1.11.0 (+https://www.terraform.io) "
    "terraform-provider-aws/5.88.0 (+https://registry.terraform.io/providers/hashicorp/aws)"
)
SSO_PATH = "/aws-reserved/sso.amazonaws.com/"

BOTO = "Boto3/1.37.4 md/Botocore#1.37.4 ua/2.0 os/linux#6.1 lang/python#3.12.9"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who changes things: `identity(account, session start)` is who that is."""

    name: str
    identity: Callable[[str, int], Json]
    address: str
    agent: str
    from_console: bool = False

    def caller(self, account_id: str, moment: int) -> Caller:
        """The actor's session of the day, begun between six and nine in the morning."""
        minutes = int(stable_hex(4, self.name, account_id), 16) % 180
        started = moment // DAY * DAY + 6 * HOUR + minutes * 60_000
        if started > moment:
            started -= DAY
        identity = self.identity(account_id, started)
        return Caller(identity, self.address, self.agent, self.from_console)


def _ci_session(account_id: str, started: int) -> Json:
    return identities.assumed_role(
        account_id, "deploy-from-ci", "terraform-apply", started,
        webIdFederationData={
            "federatedProvider": (
                f"arn:aws:iam::{account_id}:oidc-provider/token.actions.example.com"
            ),
            "attributes": {},
        },
    )  # fmt: skip


def sso_role(account_id: str, permission_set: str) -> str:
    """The role that IAM Identity Center keeps for a permission set."""
    return f"AWSReservedSSO_{permission_set}_{stable_hex(16, account_id, permission_set)}"


def _sso_session(name: str, permission_set: str) -> Callable[[str, int], Json]:
    def identity(account_id: str, started: int) -> Json:
        role = sso_role(account_id, permission_set)
        return identities.assumed_role(
            account_id, role, f"{name}@example.com", started, path=SSO_PATH
        )

    return identity


PEOPLE = (
    Actor("alice", lambda a, s: identities.iam_user(a, "alice", s), "203.0.113.10", CONSOLE, True),
    Actor("bob", lambda a, _: identities.iam_user(a, "bob"), "203.0.113.24", CLI),
    Actor("carol", _sso_session("carol", "AdministratorAccess"), "198.51.100.7", CONSOLE, True),
    Actor("dan", _sso_session("dan", "PowerUserAccess"), "198.51.100.31", CLI),
    Actor("ci", _ci_session, "192.0.2.55", TERRAFORM),
    Actor(
        "erin",
        lambda a, s: identities.federated_user(a, "erin", "token-broker", s),
        "203.0.113.77",
        BOTO,
    ),
)
ROOT = Actor("root", identities.root, "203.0.113.2", CONSOLE, True)
PIPELINE_ROLE = Actor(
    "pipeline", lambda a, _: identities.role_itself(a, "pipeline"), "192.0.2.80", BOTO
)
AUDITOR = Actor("auditor", _sso_session("frank", "ReadOnlyAccess"), "198.51.100.90", CLI)


def auto_scaling(account_id: str, moment: int) -> Caller:
    """EC2 Auto Scaling with its service-linked role."""
    identity = identities.assumed_role(
        account_id,
        "AWSServiceRoleForAutoScaling",
        "AutoScaling",
        moment,
        path="/aws-service-role/autoscaling.amazonaws.com/",
    )
    # A service's own session shows no access key.
    del identity["accessKeyId"]
    return Caller(identity, "autoscaling.amazonaws.com", "autoscaling.amazonaws.com").through(
        "autoscaling"
    )


def acting_roles(account_id: str) -> tuple[tuple[str, str], ...]:
    """Roles that somebody or something acts in, with their paths."""
    plain = (
        "deploy-from-ci", "pipeline", "orders-api", "search-worker", "etl", "lake-reader",
        SHARED_ROLE,
    )  # fmt: skip
    sets = ("AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess")
    linked = (
        ("AWSServiceRoleForAutoScaling", "autoscaling"),
        ("AWSServiceRoleForConfig", "config"),
    )
    return (
        *((name, "/") for name in plain),
        *((sso_role(account_id, name), SSO_PATH) for name in sets),
        *((name, f"/aws-service-role/{service}.amazonaws.com/") for name, service in linked),
    )


# Users that act; the broker gives federated users their tokens.
ACTING_USERS = ("alice", "bob", "token-broker")


def accounts(options: Options) -> tuple[str, ...]:
    """The accounts simulated; the first is the busiest."""
    return ACCOUNT_IDS[: options.accounts]


def places(options: Options) -> tuple[Place, ...]:
    """Every account and region, busiest first."""
    return tuple(Place(account, region) for account in accounts(options) for region in REGIONS)


def weights(options: Options) -> tuple[float, ...]:
    """The share of the traffic that each of `places` has; they add up to one."""
    raw = [
        (1.0 if place.region == HOME_REGION else 0.4)
        / (1.0 + 2.0 * accounts(options).index(place.account_id))
        for place in places(options)
    ]
    return tuple(weight / sum(raw) for weight in raw)
