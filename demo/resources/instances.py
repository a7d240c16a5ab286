"""AWS::EC2::Instance: known by an id that RunInstances answers.

Its coming and going changes the relationships of its security group, and Config
writes an item for the group too.
"""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import iso_millis
from demo.ids import stable_hex
from demo.resources.base import Change, Neighbour, Relation, Resource, key_value_list
from demo.resources.security_groups import TYPE as GROUP_TYPE
from demo.resources.security_groups import vpc_id

TYPE = "AWS::EC2::Instance"
RUNNING = {"code": 16, "name": "running"}
STOPPED = {"code": 80, "name": "stopped"}
IMAGE = "ami-0a1b2c3d4e5f67890"


def subnet_id(place: Place) -> str:
    """The one subnet of an account and region."""
    return "subnet-" + stable_hex(17, "subnet", place.account_id, place.region)


def new(place: Place, instance_id: str, group: Resource, instance_type: str) -> Resource:
    """An instance in a security group."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=instance_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:instance/{instance_id}",
        attributes={
            "state": RUNNING,
            "type": instance_type,
            "group": group,
            "protected": False,
            "tokens": "required",
        },
        zone=f"{place.region}a",
        relations=[
            Relation(GROUP_TYPE, group.resource_id, "Is associated with SecurityGroup"),
            Relation("AWS::EC2::Subnet", subnet_id(place), "Is contained in Subnet"),
            Relation("AWS::EC2::VPC", vpc_id(place), "Is contained in Vpc"),
        ],
    )


def _relation(instance: Resource) -> Relation:
    return Relation(TYPE, instance.resource_id, "Is associated with Instance")


def neighbours(instance: Resource, is_added: bool) -> tuple[Neighbour, ...]:
    """The security group, whose relationships name the instance."""
    return (Neighbour(instance.attributes["group"], _relation(instance), is_added),)


def run(instance: Resource, moment: int, tags: dict[str, str]) -> Change:
    """RunInstances for one instance."""
    group = instance.attributes["group"]
    listed = key_value_list(tags)
    parameters: Json = {
        "instancesSet": {"items": [{"imageId": IMAGE, "minCount": 1, "maxCount": 1}]},
        "groupSet": {"items": [{"groupId": group.resource_id}]},
        "instanceType": instance.attributes["type"],
        "blockDeviceMapping": {},
        "monitoring": {"enabled": False},
        "disableApiTermination": False,
        "clientToken": stable_hex(32, "run", instance.resource_id),
        "subnetId": subnet_id(instance.place),
        "tagSpecificationSet": {"items": [{"resourceType": "instance", "tags": listed}]},
    }
    call = Call("ec2", "RunInstances", parameters, _run_response(instance, moment, listed))
    return Change(
        instance, call, tags=tags, creates=True, neighbours=neighbours(instance, is_added=True)
    )


def _run_response(instance: Resource, moment: int, tags: list[dict[str, str]]) -> Json:
    group = instance.attributes["group"]
    shown = {
        "instanceId": instance.resource_id,
        "imageId": IMAGE,
        "instanceState": {"code": 0, "name": "pending"},
        "instanceType": instance.attributes["type"],
        "launchTime": moment // 1000 * 1000,
        "placement": {"availabilityZone": instance.zone, "tenancy": "default"},
        "subnetId": subnet_id(instance.place),
        "vpcId": vpc_id(instance.place),
        "architecture": "x86_64",
        "rootDeviceType": "ebs",
        "tagSet": {"items": tags},
        "groupSet": {"items": [{"groupId": group.resource_id, "groupName": group.name}]},
    }
    return {
        "reservationId": "r-" + stable_hex(17, "reservation", instance.resource_id),
        "ownerId": instance.place.account_id,
        "groupSet": {},
        "instancesSet": {"items": [shown]},
    }


def _named(instance: Resource) -> Json:
    return {"instancesSet": {"items": [{"instanceId": instance.resource_id}]}}


def _moved(instance: Resource, state: Json) -> Json:
    entry = {
        "instanceId": instance.resource_id,
        "currentState": state,
        "previousState": instance.attributes["state"],
    }
    return {"instancesSet": {"items": [entry]}}


def stop(instance: Resource) -> Change:
    """StopInstances."""
    response = _moved(instance, {"code": 64, "name": "stopping"})
    parameters = {**_named(instance), "force": False}
    call = Call("ec2", "StopInstances", parameters, response)
    return Change(instance, call, {"state": STOPPED})


def start(instance: Resource) -> Change:
    """StartInstances."""
    response = _moved(instance, {"code": 0, "name": "pending"})
    return Change(
        instance, Call("ec2", "StartInstances", _named(instance), response), {"state": RUNNING}
    )


def terminate(instance: Resource) -> Change:
    """TerminateInstances."""
    response = _moved(instance, {"code": 32, "name": "shutting-down"})
    call = Call("ec2", "TerminateInstances", _named(instance), response)
    return Change(instance, call, deletes=True, neighbours=neighbours(instance, is_added=False))


def protect(instance: Resource, is_protected: bool) -> Change:
    """ModifyInstanceAttribute: protection from termination, which the item doesn't show."""
    parameters = {
        "instanceId": instance.resource_id,
        "disableApiTermination": {"value": is_protected},
    }
    call = Call("ec2", "ModifyInstanceAttribute", parameters, {"_return": True})
    return Change(instance, call, {"protected": is_protected})


def require_tokens(instance: Resource, tokens: str) -> Change:
    """ModifyInstanceMetadataOptions: `required` or `optional`."""
    options = {"InstanceId": instance.resource_id, "HttpTokens": tokens}
    parameters = {"ModifyInstanceMetadataOptionsRequest": options}
    call = Call("ec2", "ModifyInstanceMetadataOptions", parameters, {"_return": True})
    return Change(instance, call, {"tokens": tokens})


def create_tags(resource: Resource, tags: dict[str, str]) -> Change:
    """CreateTags: on an instance or a security group, by id."""
    parameters = {
        "resourcesSet": {"items": [{"resourceId": resource.resource_id}]},
        "tagSet": {"items": key_value_list(tags)},
    }
    call = Call("ec2", "CreateTags", parameters, {"_return": True})
    return Change(resource, call, tags={**resource.tags, **tags})


def render(instance: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of an instance's item."""
    state = instance.attributes
    group = {"groupName": state["group"].name, "groupId": state["group"].resource_id}
    return {
        "amiLaunchIndex": 0,
        "imageId": IMAGE,
        "instanceId": instance.resource_id,
        "instanceType": state["type"],
        "launchTime": iso_millis(instance.created_at),
        "monitoring": {"state": "disabled"},
        "placement": {"availabilityZone": instance.zone, "groupName": "", "tenancy": "default"},
        "state": state["state"],
        "stateTransitionReason": "",
        "subnetId": subnet_id(instance.place),
        "vpcId": vpc_id(instance.place),
        "architecture": "x86_64",
        "blockDeviceMappings": [],
        "ebsOptimized": False,
        "hypervisor": "xen",
        "metadataOptions": {"state": "applied", "httpTokens": state["tokens"]},
        "rootDeviceType": "ebs",
        "securityGroups": [group],
        "tags": key_value_list(tags),
        "virtualizationType": "hvm",
    }, {}
