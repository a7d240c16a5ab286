"""One API call and who makes it, before it becomes a CloudTrail record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """An account and a region: one stream of log files."""

    account_id: str
    region: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call was refused, in the service's words."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a service sees it; `fields` are further top-level fields of its record."""

    service: str
    name: str
    request: Json | None = None
    response: Json | None = None
    read_only: bool = False
    resources: tuple[Json, ...] = ()
    host: str | None = None
    event_type: str = "AwsApiCall"
    fields: Mapping[str, Any] | None = None
    failure: Failure | None = None

    @property
    def source(self) -> str:
        """The eventSource."""
        return f"{self.service}.amazonaws.com"

    def refused(self, failure: Failure) -> Call:
        """The same call, failed: nothing comes back, and IAM hides what was asked."""
        request = None if self.service in ("iam", "sts") else self.request
        return replace(self, request=request, response=None, failure=failure)


@dataclass(frozen=True, slots=True)
class Caller:
    """A userIdentity with the address and the program it calls from."""

    identity: Json
    address: str
    agent: str
    from_console: bool = False

    @property
    def arn(self) -> str | None:
        """The ARN of the identity; services and some federated users have none."""
        arn = self.identity.get("arn")
        return arn if isinstance(arn, str) else None

    def through(self, service: str) -> Caller:
        """The same identity when `service` calls in its name (forward access session)."""
        name = f"{service}.amazonaws.com"
        return Caller({**self.identity, "invokedBy": name}, name, name)
