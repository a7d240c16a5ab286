"""How Config looks at a resource: what it shows, and whether that is a new item.

Shapes follow the S3 delivery form (`awsAccountId`, `ARN`, a number as state id,
`name` in relationships). A deleted resource's item has no configuration, no tags
and no creation time, and keeps its ARN.
"""

from __future__ import annotations

from demo.calls import Json
from demo.clock import iso_millis
from demo.events import encode
from demo.items import Cause, Item
from demo.organization import GLOBAL
from demo.properties import differences, unordered
from demo.resources import (
    buckets,
    databases,
    functions,
    instances,
    interfaces,
    keys,
    networks,
    patches,
    policies,
    queues,
    roles,
    security_groups,
    stacks,
    tables,
    topics,
    users,
    volumes,
    warehouses,
)
from demo.resources.base import Relation, Resource
from demo.volatile import is_volatile, steady

RENDERERS = {
    buckets.TYPE: buckets.render,
    databases.TYPE: databases.render,
    functions.TYPE: functions.render,
    instances.TYPE: instances.render,
    interfaces.TYPE: interfaces.render,
    keys.TYPE: keys.render,
    networks.SUBNET: networks.render_subnet,
    networks.VPC: networks.render_vpc,
    patches.TYPE: patches.render,
    policies.TYPE: policies.render,
    queues.TYPE: queues.render,
    roles.TYPE: roles.render,
    security_groups.TYPE: security_groups.render,
    stacks.TYPE: stacks.render,
    tables.TYPE: tables.render,
    topics.TYPE: topics.render,
    users.TYPE: users.render,
    volumes.TYPE: volumes.render,
    warehouses.TYPE: warehouses.render,
}
UNCAUSED = ("first_sight", "repeat", "volatile_only")
DISCOVERED = ("first_sight", "created", "recreated")


def look(resource: Resource, moment: int) -> Item | None:
    """The item of a resource as it is now; none when Config already has this state."""
    last = resource.last
    if not resource.is_alive:
        # Made and gone between two looks, or seen as gone before.
        if last is None or last.is_deletion:
            return None
        return _deletion(resource, moment)
    kind = _change_kind(resource)
    return None if kind is None else state(resource, moment, kind)


def state(resource: Resource, moment: int, kind: str) -> Item:
    """The item of a living resource, whatever Config has seen before."""
    return Item(
        account_id=resource.place.account_id,
        aws_region=region(resource),
        resource_type=resource.resource_type,
        resource_id=resource.resource_id,
        resource_name=resource.name,
        captured_at=moment,
        change_kind=kind,
        life=resource.life,
        causes=_causes(resource, kind),
        encryption=resource.attributes.get("encryption"),
        contents=contents(resource),
        plain=_plain(resource),
        body=_body(resource, moment, "ResourceDiscovered" if kind in DISCOVERED else "OK"),
    )


def region(resource: Resource) -> str:
    """awsRegion of a resource's items."""
    return GLOBAL if resource.is_global else resource.place.region


def _causes(resource: Resource, kind: str) -> tuple[Cause, ...]:
    if kind in UNCAUSED:
        return ()
    if kind in DISCOVERED:
        return tuple(cause for cause in resource.causes if not cause.is_indirect)
    return tuple(resource.causes)


def contents(resource: Resource) -> Json:
    """What an item of a resource shows, area by area; nothing of one that is gone."""
    if not resource.is_alive:
        return {}
    configuration, more = RENDERERS[resource.resource_type](resource, resource.tags)
    return {
        "configuration": configuration,
        "supplementaryConfiguration": more,
        "tags": dict(resource.tags),
        "relationships": [_relation(one) for one in resource.relations],
    }


def touched_properties(resource_type: str, before: Json, after: Json) -> frozenset[str]:
    """A text for each property that differs, elements of arrays with their values."""
    if before == after or not before or not after:
        return frozenset()
    return frozenset(
        f"{row.area}/{row.path}{row.before}{row.after}"
        if row.path.endswith("[]")
        else f"{row.area}/{row.path}"
        for row in differences(before, after)
        if not is_volatile(resource_type, row)
    )


def _plain(resource: Resource) -> str:
    # Types repeat their tags inside the configuration; rendered without tags,
    # a change of tags alone leaves the rest equal.
    configuration, more = RENDERERS[resource.resource_type](resource, {})
    return unordered([steady(resource.resource_type, configuration), more])


def _relation(relation: Relation) -> Json:
    shown: Json = {"resourceType": relation.resource_type}
    if relation.resource_id is not None:
        shown["resourceId"] = relation.resource_id
    if relation.resource_name is not None:
        shown["resourceName"] = relation.resource_name
    return {**shown, "name": relation.name}


def _change_kind(resource: Resource) -> str | None:
    last = resource.last
    if last is None:
        return "created"
    if last.is_deletion or last.life != resource.life:
        return "recreated"
    rows = differences(last.contents, contents(resource))
    if not rows:
        return None
    areas = {row.area for row in rows if not is_volatile(resource.resource_type, row)}
    if areas == {"relationships"}:
        return "relationship_only"
    if _plain(resource) != last.plain or "relationships" in areas:
        return "modified"
    return "tags_only" if areas else "volatile_only"


def _deletion(resource: Resource, moment: int) -> Item:
    return Item(
        account_id=resource.place.account_id,
        aws_region=region(resource),
        resource_type=resource.resource_type,
        resource_id=resource.resource_id,
        resource_name=resource.name,
        captured_at=moment,
        change_kind="deleted",
        life=resource.life,
        causes=_final(resource.causes),
        encryption=None,
        contents={},
        plain="",
        body=_body(resource, moment, "ResourceDeleted"),
    )


def _final(causes: list[Cause]) -> tuple[Cause, ...]:
    """What ended a resource: its own event, or the neighbour's that took it along."""
    direct = tuple(cause for cause in causes if not cause.is_indirect)
    return direct or tuple(causes[-1:])


def _body(resource: Resource, moment: int, status: str) -> str:
    is_deleted = status == "ResourceDeleted"
    shown = contents(resource)
    body: Json = {
        "relatedEvents": [],
        "relationships": shown.get("relationships", []),
        "configuration": shown.get("configuration"),
        "supplementaryConfiguration": shown.get("supplementaryConfiguration", {}),
        "tags": shown.get("tags", {}),
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": iso_millis(moment),
        "configurationStateId": moment,
        "awsAccountId": resource.place.account_id,
        "configurationItemStatus": status,
        "resourceType": resource.resource_type,
        "resourceId": resource.resource_id,
    }
    if resource.name is not None:
        body["resourceName"] = resource.name
    body["ARN"] = resource.arn
    body["awsRegion"] = region(resource)
    body["availabilityZone"] = resource.zone
    body["configurationStateMd5Hash"] = ""
    if is_deleted:
        body["resourceCreationTime"] = None
    elif resource.has_creation_time:
        body["resourceCreationTime"] = iso_millis(resource.created_at)
    return encode(body)
