"""userIdentity of every type (CloudTrail user guide, "userIdentity element").

Each function answers one JSON object. `session` is what tells two sessions of
one principal apart, commonly the day.
"""

from __future__ import annotations

from demo.calls import Json
from demo.clock import iso_seconds
from demo.ids import access_key_id, stable, stable_hex


def attributes(started: int, mfa: bool = False) -> Json:
    """sessionContext.attributes; both values are texts, also the boolean."""
    return {"creationDate": iso_seconds(started), "mfaAuthenticated": str(mfa).lower()}


def root(account_id: str, started: int) -> Json:
    """The account's own root user."""
    return {
        "type": "Root",
        "principalId": account_id,
        "arn": f"arn:aws:iam::{account_id}:root",
        "accountId": account_id,
        "accessKeyId": access_key_id("ASIA", account_id, "root", started),
        "sessionContext": {"attributes": attributes(started, mfa=True)},
    }


def iam_user(account_id: str, name: str, started: int | None = None) -> Json:
    """An IAM user, with long-lived keys or, given a start, with a console session."""
    user: Json = {
        "type": "IAMUser",
        "principalId": stable("AIDA", 17, account_id, "user", name),
        "arn": f"arn:aws:iam::{account_id}:user/{name}",
        "accountId": account_id,
        "accessKeyId": access_key_id("AKIA" if started is None else "ASIA", account_id, name),
        "userName": name,
    }
    if started is not None:
        user["sessionContext"] = {"attributes": attributes(started, mfa=True)}
    return user


def assumed_role(
    account_id: str, role: str, session: str, started: int, path: str = "/", **context: object
) -> Json:
    """A session of a role; `context` are further fields of sessionContext."""
    issuer = stable("AROA", 17, account_id, "role", role)
    return {
        "type": "AssumedRole",
        "principalId": f"{issuer}:{session}",
        "arn": f"arn:aws:sts::{account_id}:assumed-role/{role}/{session}",
        "accountId": account_id,
        "accessKeyId": access_key_id("ASIA", account_id, role, session, started),
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": issuer,
                "arn": f"arn:aws:iam::{account_id}:role{path}{role}",
                "accountId": account_id,
                "userName": role,
            },
            **context,
            "attributes": attributes(started),
        },
    }


def role_itself(account_id: str, role: str) -> Json:
    """The rare type `Role`: a role that acts without a session of its own."""
    return {
        "type": "Role",
        "principalId": stable("AROA", 17, account_id, "role", role),
        "arn": f"arn:aws:iam::{account_id}:role/{role}",
        "accountId": account_id,
    }


def federated_user(account_id: str, name: str, issuer: str, started: int) -> Json:
    """A session of GetFederationToken, issued by an IAM user."""
    return {
        "type": "FederatedUser",
        "principalId": f"{account_id}:{name}",
        "arn": f"arn:aws:sts::{account_id}:federated-user/{name}",
        "accountId": account_id,
        "accessKeyId": access_key_id("ASIA", account_id, name, started),
        "sessionContext": {
            "sessionIssuer": {
                "type": "IAMUser",
                "principalId": stable("AIDA", 17, account_id, "user", issuer),
                "arn": f"arn:aws:iam::{account_id}:user/{issuer}",
                "accountId": account_id,
                "userName": issuer,
            },
            "attributes": attributes(started),
        },
    }


def directory(account_id: str, name: str) -> Json:
    """A user of a directory that signs in to an application."""
    return {
        "type": "Directory",
        "principalId": f"d-{stable_hex(10, account_id, 'directory')}/{name}",
        "accountId": account_id,
        "userName": name,
    }


def aws_account(account_id: str, principal_id: str) -> Json:
    """Somebody of another account: all that the owner of a resource is told."""
    return {"type": "AWSAccount", "principalId": principal_id, "accountId": account_id}


def aws_service(service: str) -> Json:
    """A service that acts on its own."""
    return {"type": "AWSService", "invokedBy": f"{service}.amazonaws.com"}


def identity_center_user(account_id: str, name: str) -> Json:
    """A user of IAM Identity Center; known by onBehalfOf, without an ARN."""
    return {
        "type": "IdentityCenterUser",
        "accountId": account_id,
        "onBehalfOf": {
            "userId": f"{stable_hex(10, name)}-{stable_hex(8, name, 1)}",
            "identityStoreArn": f"arn:aws:identitystore::{account_id}:identitystore/d-1234567890",
        },
        "credentialId": stable_hex(32, "credential", name),
    }


def saml_user(name: str) -> Json:
    """Who calls AssumeRoleWithSAML."""
    provider = f"{stable('', 20, 'saml-provider')}="
    return {
        "type": "SAMLUser",
        "principalId": f"{provider}:{name}",
        "userName": name,
        "identityProvider": provider,
    }


def web_identity_user(provider: str, name: str) -> Json:
    """Who calls AssumeRoleWithWebIdentity."""
    return {
        "type": "WebIdentityUser",
        "principalId": f"{provider}:sts.amazonaws.com:{name}",
        "userName": name,
        "identityProvider": provider,
    }


def unknown(account_id: str, name: str) -> Json:
    """An identity CloudTrail can't tell, as for sign-ins at IAM Identity Center."""
    return {
        "type": "Unknown",
        "principalId": stable_hex(20, "unknown", name),
        "accountId": account_id,
        "userName": name,
    }
