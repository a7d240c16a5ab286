"""AWS::EC2::VPC and AWS::EC2::Subnet: whatever moves in or out changes their relationships."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.resources.base import Change, Neighbour, Relation, Resource, key_value_list

VPC = "AWS::EC2::VPC"
SUBNET = "AWS::EC2::Subnet"
# Of what a subnet shows: EC2 counts it.
VOLATILE = ("availableIpAddressCount",)
FREE_ADDRESSES = 251


def vpc(place: Place, vpc_id: str, cidr: str = "10.0.0.0/16") -> Resource:
    """A network."""
    return Resource(
        resource_type=VPC,
        place=place,
        resource_id=vpc_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:vpc/{vpc_id}",
        attributes={"cidr": cidr, "hostnames": False},
        has_creation_time=False,
        zone="Multiple Availability Zones",
    )


def subnet(network: Resource, subnet_id: str, cidr: str = "10.0.1.0/24") -> Resource:
    """A part of a network."""
    place = network.place
    return Resource(
        resource_type=SUBNET,
        place=place,
        resource_id=subnet_id,
        name=None,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:subnet/{subnet_id}",
        attributes={"cidr": cidr, "vpc": network, "maps_public": False},
        has_creation_time=False,
        zone=f"{place.region}a",
        relations=[Relation(VPC, network.resource_id, "Is contained in Vpc")],
    )


def contains(holder: Resource, content: Resource, is_added: bool) -> Neighbour:
    """A network or subnet whose relationships name what is in it."""
    kind = content.resource_type.rpartition(":")[2]
    relation = Relation(content.resource_type, content.resource_id, f"Contains {kind}")
    return Neighbour(holder, relation, is_added)


def _tagged(parameters: Json, shown: Json, kind: str, tags: dict[str, str]) -> None:
    listed = key_value_list(tags)
    parameters["tagSpecificationSet"] = {"items": [{"resourceType": kind, "tags": listed}]}
    shown["tagSet"] = {"items": listed}


def create_vpc(network: Resource, tags: dict[str, str]) -> Change:
    """CreateVpc: the id is in the response alone."""
    parameters: Json = {"cidrBlock": network.attributes["cidr"], "instanceTenancy": "default"}
    shown: Json = {
        "vpcId": network.resource_id,
        "state": "pending",
        "ownerId": network.place.account_id,
        "cidrBlock": network.attributes["cidr"],
        "isDefault": False,
    }
    _tagged(parameters, shown, "vpc", tags)
    call = Call("ec2", "CreateVpc", parameters, {"vpc": shown})
    return Change(network, call, tags=tags, creates=True)


def create_subnet(part: Resource, tags: dict[str, str]) -> Change:
    """CreateSubnet: names its network, whose relationships it changes."""
    network = part.attributes["vpc"]
    parameters: Json = {
        "vpcId": network.resource_id,
        "cidrBlock": part.attributes["cidr"],
        "availabilityZone": part.zone,
    }
    shown: Json = {
        "subnetId": part.resource_id,
        "subnetArn": part.arn,
        "state": "available",
        "vpcId": network.resource_id,
        "cidrBlock": part.attributes["cidr"],
        "availableIpAddressCount": FREE_ADDRESSES,
        "availabilityZone": part.zone,
        "ownerId": part.place.account_id,
        "mapPublicIpOnLaunch": False,
    }
    _tagged(parameters, shown, "subnet", tags)
    call = Call("ec2", "CreateSubnet", parameters, {"subnet": shown})
    neighbours = (contains(network, part, is_added=True),)
    return Change(part, call, tags=tags, creates=True, neighbours=neighbours)


def map_public(part: Resource, is_mapped: bool) -> Change:
    """ModifySubnetAttribute: whether what is launched there gets a public address."""
    parameters = {
        "subnetId": part.resource_id,
        "mapPublicIpOnLaunch": {"value": is_mapped},
    }
    call = Call("ec2", "ModifySubnetAttribute", parameters, {"_return": True})
    return Change(part, call, {"maps_public": is_mapped})


def name_hosts(network: Resource, is_named: bool) -> Change:
    """ModifyVpcAttribute: DNS names for hosts, which the item doesn't show."""
    parameters = {"vpcId": network.resource_id, "enableDnsHostnames": {"value": is_named}}
    call = Call("ec2", "ModifyVpcAttribute", parameters, {"_return": True})
    return Change(network, call, {"hostnames": is_named})


def delete_subnet(part: Resource) -> Change:
    """DeleteSubnet."""
    call = Call("ec2", "DeleteSubnet", {"subnetId": part.resource_id}, {"_return": True})
    neighbours = (contains(part.attributes["vpc"], part, is_added=False),)
    return Change(part, call, deletes=True, neighbours=neighbours)


def delete_vpc(network: Resource) -> Change:
    """DeleteVpc."""
    call = Call("ec2", "DeleteVpc", {"vpcId": network.resource_id}, {"_return": True})
    return Change(network, call, deletes=True)


def render_vpc(network: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a network's item."""
    return {
        "cidrBlock": network.attributes["cidr"],
        "dhcpOptionsId": "dopt-0ef51062810f8ca7b",
        "state": "available",
        "vpcId": network.resource_id,
        "ownerId": network.place.account_id,
        "instanceTenancy": "default",
        "ipv6CidrBlockAssociationSet": [],
        "isDefault": False,
        "tags": key_value_list(tags),
    }, {}


def render_subnet(part: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a subnet's item."""
    return {
        "availabilityZone": part.zone,
        # All that a subnet holds here is instances, with an address each.
        "availableIpAddressCount": FREE_ADDRESSES - len(part.relations) + 1,
        "cidrBlock": part.attributes["cidr"],
        "defaultForAz": False,
        "mapPublicIpOnLaunch": part.attributes["maps_public"],
        "state": "available",
        "subnetId": part.resource_id,
        "vpcId": part.attributes["vpc"].resource_id,
        "ownerId": part.place.account_id,
        "assignIpv6AddressOnCreation": False,
        "tags": key_value_list(tags),
        "subnetArn": part.arn,
    }, {}
