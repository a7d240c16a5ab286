"""AWS::EC2::Volume: encrypted or not from the beginning; the id is in the response alone."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import SECOND, iso_millis
from demo.ids import stable_hex
from demo.resources.base import Change, Resource, key_value_list

TYPE = "AWS::EC2::Volume"


def new(place: Place, volume_id: str, size: int, is_encrypted: bool) -> Resource:
    """A volume of some GiB that no instance has."""
    key_id = stable_hex(32, place.account_id, place.region, "aws/ebs")
    parts = (key_id[:8], key_id[8:12], key_id[12:16], key_id[16:20], key_id[20:])
    key = f"arn:aws:kms:{place.region}:{place.account_id}:key/{'-'.join(parts)}"
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=volume_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:volume/{volume_id}",
        attributes={"size": size, "key": key if is_encrypted else None},
        zone=f"{place.region}a",
    )


def create(volume: Resource, tags: dict[str, str], moment: int) -> Change:
    """CreateVolume: its numbers are texts, and the answer's time counts milliseconds."""
    state = volume.attributes
    tagged = {"items": key_value_list(tags)}
    parameters: Json = {
        "size": str(state["size"]),
        "zone": volume.zone,
        "volumeType": "gp3",
        "tagSpecificationSet": {"items": [{"resourceType": "volume", "tags": tagged["items"]}]},
        "clientToken": stable_hex(32, "volume", volume.resource_id),
    }
    response: Json = {
        "volumeId": volume.resource_id,
        "size": str(state["size"]),
        "zone": volume.zone,
        "status": "creating",
        "createTime": moment // SECOND * SECOND,
        "volumeType": "gp3",
        "iops": 3000,
        "encrypted": state["key"] is not None,
        "tagSet": tagged,
        "multiAttachEnabled": False,
        "throughput": 125,
    }
    call = Call("ec2", "CreateVolume", parameters, response)
    return Change(volume, call, tags=tags, creates=True)


def delete(volume: Resource) -> Change:
    """DeleteVolume."""
    call = Call("ec2", "DeleteVolume", {"volumeId": volume.resource_id}, {"_return": True})
    return Change(volume, call, deletes=True)


def render(volume: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a volume's item."""
    state = volume.attributes
    shown: Json = {
        "attachments": [],
        "availabilityZone": volume.zone,
        "createTime": iso_millis(volume.created_at),
        "encrypted": state["key"] is not None,
    }
    if state["key"] is not None:
        shown["kmsKeyId"] = state["key"]
    return {
        **shown,
        "size": state["size"],
        "snapshotId": "",
        "state": "available",
        "volumeId": volume.resource_id,
        "iops": 3000,
        "tags": key_value_list(tags),
        "volumeType": "gp3",
        "multiAttachEnabled": False,
        "throughput": 125,
    }, {}
