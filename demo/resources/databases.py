"""AWS::RDS::DBInstance: calls know it by the identifier people chose, items by RDS's own id.

RDS moves latestRestorableTime on by itself every few minutes.
"""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import in_words, iso_millis
from demo.ids import stable_hex
from demo.resources.base import Change, Relation, Resource, key_value_list

TYPE = "AWS::RDS::DBInstance"
VOLATILE = ("latestRestorableTime",)


def new(place: Place, name: str, unique_id: str, group: Resource) -> Resource:
    """A database in a security group; `unique_id` begins with `db-`."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=unique_id,
        name=name,
        arn=f"arn:aws:rds:{place.region}:{place.account_id}:db:{name}",
        attributes={**_DEFAULTS, "group": group.resource_id, "restorable": 0},
        zone=f"{place.region}a",
        relations=[
            Relation(group.resource_type, group.resource_id, "Is associated with SecurityGroup"),
            Relation("AWS::RDS::DBSubnetGroup", "default", "Is associated with DBSubnetGroup"),
        ],
    )


_DEFAULTS = {"class": "db.t4g.medium", "storage": 20, "retention": 7, "public": False}


def _shown(database: Resource, status: str, more: Json | None = None) -> Json:
    state = {**database.attributes, **(more or {})}
    group = {"vpcSecurityGroupId": state["group"], "status": "active"}
    return {
        "dBInstanceIdentifier": database.name,
        "dBInstanceClass": state["class"],
        "engine": "postgres",
        "dBInstanceStatus": status,
        "masterUsername": "tarn",
        "allocatedStorage": state["storage"],
        "preferredBackupWindow": "05:19-05:49",
        "backupRetentionPeriod": state["retention"],
        "dBSecurityGroups": [],
        "vpcSecurityGroups": [group],
        "dBParameterGroups": [
            {"dBParameterGroupName": "default.postgres17", "parameterApplyStatus": "in-sync"}
        ],
        "availabilityZone": database.zone,
        "preferredMaintenanceWindow": "sat:08:19-sat:08:49",
        "multiAZ": False,
        "engineVersion": "17.2",
        "publiclyAccessible": state["public"],
        "storageType": "gp3",
        "dbInstancePort": 0,
        "storageEncrypted": True,
        "dbiResourceId": database.resource_id,
        "dBInstanceArn": database.arn,
        "deletionProtection": False,
    }


def create(database: Resource, tags: dict[str, str]) -> Change:
    """CreateDBInstance: RDS's own id is in the response alone."""
    state = database.attributes
    parameters: Json = {
        "dBInstanceIdentifier": database.name,
        "dBInstanceClass": state["class"],
        "engine": "postgres",
        "allocatedStorage": state["storage"],
        "masterUsername": "tarn",
        "masterUserPassword": "HIDDEN_DUE_TO_SECURITY_REASONS",
        "vpcSecurityGroupIds": [state["group"]],
        "publiclyAccessible": False,
        "tags": key_value_list(tags),
    }
    response = _shown(database, "creating")
    call = Call("rds", "CreateDBInstance", parameters, response)
    return Change(database, call, tags=tags, creates=True)


def modify(database: Resource, **wanted: object) -> Change:
    """ModifyDBInstance: `class`, `storage`, `retention` or `public`, applied at once."""
    names = {
        "class": "dBInstanceClass", "storage": "allocatedStorage",
        "retention": "backupRetentionPeriod", "public": "publiclyAccessible",
    }  # fmt: skip
    parameters = {
        "dBInstanceIdentifier": database.name,
        "applyImmediately": True,
        **{names[name]: value for name, value in wanted.items()},
    }
    response = _shown(database, "available")
    pending = {names[name]: value for name, value in wanted.items() if name != "public"}
    call = Call(
        "rds", "ModifyDBInstance", parameters, {**response, "pendingModifiedValues": pending}
    )
    return Change(database, call, wanted)


def tag(database: Resource, tags: dict[str, str]) -> Change:
    """AddTagsToResource: names the database by its ARN."""
    parameters = {"resourceName": database.arn, "tags": key_value_list(tags)}
    call = Call("rds", "AddTagsToResource", parameters)
    return Change(database, call, tags={**database.tags, **tags})


def delete(database: Resource) -> Change:
    """DeleteDBInstance."""
    parameters = {"dBInstanceIdentifier": database.name, "skipFinalSnapshot": True}
    created = {"instanceCreateTime": in_words(database.created_at)}
    response = {**_shown(database, "deleting"), **created}
    return Change(database, Call("rds", "DeleteDBInstance", parameters, response), deletes=True)


def render(database: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a database's item."""
    address = f"{database.name}.{stable_hex(12, database.arn)}.{database.place.region}"
    restorable = database.attributes["restorable"] or database.created_at
    return {
        **_shown(database, "available"),
        "endpoint": {"address": f"{address}.rds.amazonaws.com", "port": 5432},
        "instanceCreateTime": iso_millis(database.created_at),
        "latestRestorableTime": iso_millis(restorable // 1000 * 1000),
        "pendingModifiedValues": {},
    }, {"Tags": key_value_list(tags)}
