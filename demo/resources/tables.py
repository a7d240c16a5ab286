"""AWS::DynamoDB::Table: its name is its id; DynamoDB counts items and bytes by itself."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import in_words
from demo.ids import stable_hex
from demo.resources.base import Change, Resource, key_value_list

TYPE = "AWS::DynamoDB::Table"
VOLATILE = ("itemCount", "tableSizeBytes")


def new(place: Place, name: str) -> Resource:
    """A table paid by the request."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=name,
        name=name,
        arn=f"arn:aws:dynamodb:{place.region}:{place.account_id}:table/{name}",
        attributes={**_DEFAULTS},
    )


_DEFAULTS = {"capacity": None, "protected": False, "recovery": "DISABLED", "count": 0, "counted": 0}


def _call(name: str, table: Resource, parameters: Json, response: Json | None) -> Call:
    named = {"accountId": table.place.account_id, "type": TYPE, "ARN": table.arn}
    return Call("dynamodb", name, parameters, response, False, (named,))


def _description(table: Resource, status: str, created_at: int) -> Json:
    return {
        "tableDescription": {
            "tableName": table.name,
            "tableStatus": status,
            "creationDateTime": in_words(created_at),
            "tableArn": table.arn,
            "tableId": _table_id(table, created_at),
            "itemCount": 0,
            "tableSizeBytes": 0,
        }
    }


def _table_id(table: Resource, created_at: int) -> str:
    digits = stable_hex(32, table.arn, created_at // 1000)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def create(table: Resource, moment: int, tags: dict[str, str]) -> Change:
    """CreateTable."""
    parameters: Json = {
        "tableName": table.name,
        "attributeDefinitions": [{"attributeName": "id", "attributeType": "S"}],
        "keySchema": [{"attributeName": "id", "keyType": "HASH"}],
        "billingMode": "PAY_PER_REQUEST",
    }
    if tags:
        parameters["tags"] = key_value_list(tags)
    call = _call("CreateTable", table, parameters, _description(table, "CREATING", moment))
    return Change(table, call, _DEFAULTS, tags=tags, creates=True)


def delete(table: Resource) -> Change:
    """DeleteTable."""
    response = _description(table, "DELETING", table.created_at)
    call = _call("DeleteTable", table, {"tableName": table.name}, response)
    return Change(table, call, deletes=True)


def provision(table: Resource, reads: int, writes: int) -> Change:
    """UpdateTable: capacity in place of payment by the request."""
    throughput = {"readCapacityUnits": reads, "writeCapacityUnits": writes}
    parameters = {
        "tableName": table.name,
        "billingMode": "PROVISIONED",
        "provisionedThroughput": throughput,
    }
    response = _description(table, "UPDATING", table.created_at)
    call = _call("UpdateTable", table, parameters, response)
    return Change(table, call, {"capacity": (reads, writes)})


def protect(table: Resource, is_protected: bool) -> Change:
    """UpdateTable: protection from deletion."""
    parameters = {"tableName": table.name, "deletionProtectionEnabled": is_protected}
    response = _description(table, "ACTIVE", table.created_at)
    call = _call("UpdateTable", table, parameters, response)
    return Change(table, call, {"protected": is_protected})


def recover(table: Resource, is_enabled: bool) -> Change:
    """UpdateContinuousBackups: recovery to any point in time."""
    parameters = {
        "tableName": table.name,
        "pointInTimeRecoverySpecification": {"pointInTimeRecoveryEnabled": is_enabled},
    }
    status = "ENABLED" if is_enabled else "DISABLED"
    recovery = {"pointInTimeRecoveryDescription": {"pointInTimeRecoveryStatus": status}}
    response = {"continuousBackupsDescription": {"continuousBackupsStatus": "ENABLED", **recovery}}
    call = _call("UpdateContinuousBackups", table, parameters, response)
    return Change(table, call, {"recovery": status})


def tag(table: Resource, tags: dict[str, str]) -> Change:
    """TagResource: names the table by its ARN."""
    parameters = {"resourceArn": table.arn, "tags": key_value_list(tags)}
    call = _call("TagResource", table, parameters, None)
    return Change(table, call, tags={**table.tags, **tags})


def render(table: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a table's item."""
    state = table.attributes
    reads, writes = state["capacity"] or (0, 0)
    configuration: Json = {
        "attributeDefinitions": [{"attributeName": "id", "attributeType": "S"}],
        "tableName": table.name,
        "keySchema": [{"attributeName": "id", "keyType": "HASH"}],
        "tableStatus": "ACTIVE",
        "creationDateTime": table.created_at,
        "provisionedThroughput": {
            "numberOfDecreasesToday": 0, "readCapacityUnits": reads, "writeCapacityUnits": writes,
        },
        "tableSizeBytes": 311 * state["count"],
        "itemCount": state["count"],
        "tableArn": table.arn,
        "tableId": _table_id(table, table.created_at),
        "deletionProtectionEnabled": state["protected"],
    }  # fmt: skip
    if state["capacity"] is None:
        configuration["billingModeSummary"] = {
            "billingMode": "PAY_PER_REQUEST",
            "lastUpdateToPayPerRequestDateTime": table.created_at,
        }
    recovery = {"pointInTimeRecoveryStatus": state["recovery"]}
    return configuration, {
        "ContinuousBackupsDescription": {
            "continuousBackupsStatus": "ENABLED",
            "pointInTimeRecoveryDescription": recovery,
        },
        "Tags": key_value_list(tags),
    }
