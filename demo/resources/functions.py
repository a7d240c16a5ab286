"""AWS::Lambda::Function: calls carry the API's date in their names; no creation time.

A function deleted and made again under its name keeps its resourceId.
"""

from __future__ import annotations

from typing import Any

from demo.calls import Call, Json, Place
from demo.clock import iso_millis
from demo.ids import stable_hex
from demo.resources.base import Change, Relation, Resource

TYPE = "AWS::Lambda::Function"
RUNTIME = "python3.13"
_DEFAULTS = {"revision": 1, "memory": 128, "timeout": 3, "runtime": RUNTIME, "modified": 0}


def new(place: Place, name: str, role_arn: str) -> Resource:
    """A function that runs in a role."""
    role_name = role_arn.rsplit("/", 1)[-1]
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=name,
        name=name,
        arn=f"arn:aws:lambda:{place.region}:{place.account_id}:function:{name}",
        attributes={
            "role": role_arn,
            "revision": 1,
            "memory": 128,
            "timeout": 3,
            "modified": 0,
            "runtime": RUNTIME,
        },
        has_creation_time=False,
        relations=[Relation("AWS::IAM::Role", None, "Is associated with ", role_name)],
    )


def _settings(function: Resource, more: dict[str, Any], moment: int) -> Json:
    state = {**function.attributes, **more, "modified": moment}
    revision = state["revision"]
    return {
        "functionName": function.name,
        "functionArn": function.arn,
        "runtime": state["runtime"],
        "role": state["role"],
        "handler": "app.handler",
        "codeSize": 1000 + 13 * revision,
        "description": "",
        "timeout": state["timeout"],
        "memorySize": state["memory"],
        "lastModified": iso_millis(state["modified"])[:-1] + "+0000",
        "codeSha256": stable_hex(43, function.arn, revision, state["role"]) + "=",
        "version": "$LATEST",
        "tracingConfig": {"mode": "PassThrough"},
        "revisionId": stable_hex(32, function.arn, state["modified"]),
        "packageType": "Zip",
        "architectures": ["x86_64"],
        "ephemeralStorage": {"size": 512},
    }


def create(function: Resource, moment: int, tags: dict[str, str]) -> Change:
    """CreateFunction20150331."""
    state = {**_DEFAULTS, "modified": moment}
    parameters = {
        "functionName": function.name,
        "runtime": RUNTIME,
        "role": function.attributes["role"],
        "handler": "app.handler",
        "code": {"s3Bucket": "artifacts.example.com", "s3Key": f"{function.name}.zip"},
        "timeout": 3,
        "memorySize": 128,
        "publish": False,
        "packageType": "Zip",
        # Lambda hides environment variables from logs by leaving them empty.
        "environment": {},
        "tags": tags,
    }
    response = {**_settings(function, state, moment), "state": "Pending"}
    call = Call("lambda", "CreateFunction20150331", parameters, response)
    return Change(function, call, state, tags=tags, creates=True)


def delete(function: Resource) -> Change:
    """DeleteFunction20150331."""
    call = Call("lambda", "DeleteFunction20150331", {"functionName": function.name})
    return Change(function, call, deletes=True)


def update_code(function: Resource, moment: int) -> Change:
    """UpdateFunctionCode20150331v2: names the function by its ARN."""
    state = {"revision": function.attributes["revision"] + 1, "modified": moment}
    place = function.place
    parameters = {
        "fullyQualifiedArn": {
            "arnPrefix": {"partition": "aws", "region": place.region, "account": place.account_id},
            "relativeId": {"functionName": function.name},
            "functionQualifier": {},
        },
        "functionName": function.arn,
        "publish": False,
        "s3Key": f"{function.name}.zip",
        "s3Bucket": "artifacts.example.com",
        "dryRun": False,
    }
    response = _settings(function, state, moment)
    return Change(
        function, Call("lambda", "UpdateFunctionCode20150331v2", parameters, response), state
    )


def configure(function: Resource, moment: int, memory: int) -> Change:
    """UpdateFunctionConfiguration20150331v2: more or less memory."""
    state = {"memory": memory, "modified": moment}
    parameters = {"functionName": function.name, "memorySize": memory}
    response = _settings(function, state, moment)
    return Change(
        function,
        Call("lambda", "UpdateFunctionConfiguration20150331v2", parameters, response),
        state,
    )


def tag(function: Resource, tags: dict[str, str]) -> Change:
    """TagResource20170331v2: names the function by its ARN."""
    call = Call("lambda", "TagResource20170331v2", {"resource": function.arn, "tags": tags})
    return Change(function, call, tags={**function.tags, **tags})


def render(function: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a function's item."""
    configuration = _settings(function, {}, function.attributes["modified"])
    return configuration, {"Tags": dict(tags)}
