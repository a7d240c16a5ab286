"""AWS::EC2::NetworkInterface: comes and goes with its instance, and no call of its own."""

from __future__ import annotations

from demo.calls import Json
from demo.clock import iso_millis
from demo.ids import stable_hex
from demo.resources.base import Relation, Resource, key_value_list

TYPE = "AWS::EC2::NetworkInterface"


def new(instance: Resource) -> Resource:
    """The first interface of an instance; its id is in what RunInstances answers."""
    place = instance.place
    interface_id = "eni-0" + stable_hex(16, "interface", instance.resource_id)
    attached = Relation(instance.resource_type, instance.resource_id, "Is attached to Instance")
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=interface_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:network-interface/{interface_id}",
        attributes={"instance": instance},
        has_creation_time=False,
        zone=instance.zone,
        relations=[attached, *instance.relations],
    )


def render(interface: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of an interface's item."""
    instance: Resource = interface.attributes["instance"]
    state = instance.attributes
    group = {"groupName": state["group"].name, "groupId": state["group"].resource_id}
    return {
        "networkInterfaceId": interface.resource_id,
        "subnetId": state["subnet"].resource_id,
        "vpcId": state["subnet"].attributes["vpc"].resource_id,
        "availabilityZone": interface.zone,
        "description": "",
        "ownerId": interface.place.account_id,
        "requesterManaged": False,
        "status": "in-use",
        "sourceDestCheck": True,
        "groups": [group],
        "attachment": {
            "attachmentId": "eni-attach-0" + stable_hex(16, interface.resource_id),
            "instanceId": instance.resource_id,
            "instanceOwnerId": interface.place.account_id,
            "deviceIndex": 0,
            "status": "attached",
            "attachTime": iso_millis(instance.created_at),
            "deleteOnTermination": True,
        },
        "tagSet": key_value_list(tags),
    }, {}
