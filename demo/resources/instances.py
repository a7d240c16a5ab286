"""AWS::EC2::Instance: known by an id that RunInstances answers.

Its coming and going changes the relationships of its security group, subnet and
network, and Config writes items for these too. Its network interface goes with it.
"""

from __future__ import annotations

from dataclasses import replace

from demo.calls import Call, Json, Place
from demo.clock import iso_millis
from demo.ids import stable_hex
from demo.resources import interfaces, networks
from demo.resources.base import Change, Neighbour, Relation, Resource, key_value_list
from demo.resources.security_groups import TYPE as GROUP_TYPE

TYPE = "AWS::EC2::Instance"
RUNNING = {"code": 16, "name": "running"}
STOPPED = {"code": 80, "name": "stopped"}
IMAGE = "ami-0a1b2c3d4e5f67890"


def new(
    place: Place, instance_id: str, group: Resource, part: Resource, instance_type: str
) -> Resource:
    """An instance in a security group and a subnet."""
    network = part.attributes["vpc"]
    instance = Resource(
        resource_type=TYPE,
        place=place,
        resource_id=instance_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:instance/{instance_id}",
        attributes={
            "state": RUNNING,
            "type": instance_type,
            "group": group,
            "subnet": part,
            "protected": False,
            "tokens": "required",
        },
        zone=part.zone,
        relations=[
            Relation(GROUP_TYPE, group.resource_id, "Is associated with SecurityGroup"),
            Relation(networks.SUBNET, part.resource_id, "Is contained in Subnet"),
            Relation(networks.VPC, network.resource_id, "Is contained in Vpc"),
        ],
    )
    interface = interfaces.new(instance)
    instance.attributes["interface"] = interface
    name = "Contains NetworkInterface"
    instance.relations.append(Relation(interfaces.TYPE, interface.resource_id, name))
    return instance


def _relation(instance: Resource) -> Relation:
    return Relation(TYPE, instance.resource_id, "Is associated with Instance")


def neighbours(instance: Resource, is_added: bool) -> tuple[Neighbour, ...]:
    """The security group, subnet and network, whose relationships name the instance."""
    part = instance.attributes["subnet"]
    return (
        Neighbour(instance.attributes["group"], _relation(instance), is_added),
        networks.contains(part, instance, is_added),
        networks.contains(part.attributes["vpc"], instance, is_added),
    )


def run(batch: list[Resource], moment: int, tags: dict[str, str]) -> Change:
    """RunInstances: one call for instances of one kind, group and subnet."""
    first = batch[0]
    state = first.attributes
    count = len(batch)
    listed = key_value_list(tags)
    parameters: Json = {
        "instancesSet": {"items": [{"imageId": IMAGE, "minCount": count, "maxCount": count}]},
        "groupSet": {"items": [{"groupId": state["group"].resource_id}]},
        "instanceType": state["type"],
        "blockDeviceMapping": {},
        "monitoring": {"enabled": False},
        "disableApiTermination": False,
        "clientToken": stable_hex(32, "run", first.resource_id),
        "subnetId": state["subnet"].resource_id,
        "tagSpecificationSet": {"items": [{"resourceType": "instance", "tags": listed}]},
    }
    response = {
        "reservationId": "r-" + stable_hex(17, "reservation", first.resource_id),
        "ownerId": first.place.account_id,
        "groupSet": {},
        "instancesSet": {"items": [_started(one, moment, listed) for one in batch]},
    }
    call = Call("ec2", "RunInstances", parameters, response)
    changes = [
        change
        for one in batch
        for change in (
            Change(one, call, tags=tags, creates=True, neighbours=neighbours(one, is_added=True)),
            Change(one.attributes["interface"], call, creates=True),
        )
    ]
    return replace(changes[0], others=tuple(changes[1:]))


def _started(instance: Resource, moment: int, tags: list[dict[str, str]]) -> Json:
    state = instance.attributes
    part, interface = state["subnet"], state["interface"]
    group = {"groupId": state["group"].resource_id, "groupName": state["group"].name}
    inside = {"subnetId": part.resource_id, "vpcId": part.attributes["vpc"].resource_id}
    attached = {
        "networkInterfaceId": interface.resource_id,
        **inside,
        "status": "in-use",
        "groupSet": {"items": [group]},
    }
    return {
        "instanceId": instance.resource_id,
        "imageId": IMAGE,
        "instanceState": {"code": 0, "name": "pending"},
        "instanceType": state["type"],
        "launchTime": moment // 1000 * 1000,
        "placement": {"availabilityZone": instance.zone, "tenancy": "default"},
        **inside,
        "architecture": "x86_64",
        "rootDeviceType": "ebs",
        "tagSet": {"items": tags},
        "groupSet": {"items": [group]},
        "networkInterfaceSet": {"items": [attached]},
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
    interface = Neighbour(instance.attributes["interface"], None, is_added=False, goes_too=True)
    around = neighbours(instance, is_added=False)
    return Change(instance, call, deletes=True, neighbours=(*around, interface))


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


def create_tags(resources: list[Resource], tags: dict[str, str]) -> Change:
    """CreateTags: on anything of EC2, by id, and on several at once."""
    named = [{"resourceId": resource.resource_id} for resource in resources]
    parameters = {"resourcesSet": {"items": named}, "tagSet": {"items": key_value_list(tags)}}
    call = Call("ec2", "CreateTags", parameters, {"_return": True})
    changes = [Change(one, call, tags={**one.tags, **tags}) for one in resources]
    return replace(changes[0], others=tuple(changes[1:]))


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
        "subnetId": state["subnet"].resource_id,
        "vpcId": state["subnet"].attributes["vpc"].resource_id,
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
