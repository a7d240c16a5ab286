"""How Config looks at a resource: what it shows, and whether that is a new item.

Shapes follow the S3 delivery form (`awsAccountId`, `ARN`, a number as state id,
`name` in relationships). A deleted resource's item has no configuration, no tags
and no creation time, and keeps its ARN.
"""

from __future__ import annotations

from demo.calls import Json
from demo.clock import iso_millis
from demo.events import encode
from demo.items import NOTHING, Aspects, Cause, Item
from demo.organization import GLOBAL
from demo.properties import unordered
from demo.resources import buckets, functions, instances, keys, roles, security_groups, users
from demo.resources.base import Relation, Resource
from demo.volatile import steady

RENDERERS = {
    buckets.TYPE: buckets.render,
    functions.TYPE: functions.render,
    instances.TYPE: instances.render,
    keys.TYPE: keys.render,
    roles.TYPE: roles.render,
    security_groups.TYPE: security_groups.render,
    users.TYPE: users.render,
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
        aspects=aspects(resource),
        body=_body(resource, moment, "ResourceDiscovered" if kind in DISCOVERED else "OK"),
    )


def region(resource: Resource) -> str:
    """awsRegion of a resource's items."""
    return GLOBAL if resource.is_global else resource.place.region


def _causes(resource: Resource, kind: str) -> tuple[Cause, ...]:
    if kind in UNCAUSED:
        return ()
    direct = [cause for cause in resource.causes if not cause.is_indirect]
    if kind != "relationship_only" and direct:
        last = resource.last
        if last is not None and aspects(resource).relations == last.aspects.relations:
            return tuple(direct)
    return tuple(resource.causes)


def aspects(resource: Resource) -> Aspects:
    """What an item of a resource shows."""
    # Types repeat their tags inside the configuration; rendered without tags,
    # a change of tags alone leaves the rest equal.
    configuration, more = RENDERERS[resource.resource_type](resource, {})
    return Aspects(
        plain=unordered([steady(resource.resource_type, configuration), more]),
        tags=unordered(resource.tags),
        relations=unordered([_relation(relation) for relation in resource.relations]),
        volatile=unordered(configuration),
    )


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
    now, then = aspects(resource), last.aspects
    if now.plain != then.plain:
        return "modified"
    if now.tags != then.tags:
        return "tags_only" if now.relations == then.relations else "modified"
    if now.relations != then.relations:
        return "relationship_only"
    return None if now == then else "volatile_only"


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
        causes=tuple(cause for cause in resource.causes if not cause.is_indirect),
        encryption=None,
        aspects=NOTHING,
        body=_body(resource, moment, "ResourceDeleted"),
    )


def _body(resource: Resource, moment: int, status: str) -> str:
    is_deleted = status == "ResourceDeleted"
    configuration: Json | None = None
    supplementary: Json = {}
    if not is_deleted:
        render = RENDERERS[resource.resource_type]
        configuration, supplementary = render(resource, resource.tags)
    body: Json = {
        "relatedEvents": [],
        "relationships": [] if is_deleted else [_relation(one) for one in resource.relations],
        "configuration": configuration,
        "supplementaryConfiguration": supplementary,
        "tags": {} if is_deleted else resource.tags,
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
