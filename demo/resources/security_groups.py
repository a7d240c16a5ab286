"""AWS::EC2::SecurityGroup: has no creation time, and items for its neighbours' changes."""

from __future__ import annotations

from demo.calls import Call, Json
from demo.ids import stable_hex
from demo.resources import networks
from demo.resources.base import Change, Neighbour, Relation, Resource, key_value_list

TYPE = "AWS::EC2::SecurityGroup"


def new(network: Resource, name: str, group_id: str) -> Resource:
    """A group of a network that lets nothing in."""
    place = network.place
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=group_id,
        name=name,
        arn=f"arn:aws:ec2:{place.region}:{place.account_id}:security-group/{group_id}",
        attributes={"rules": (), "vpc": network},
        has_creation_time=False,
        relations=[Relation(networks.VPC, network.resource_id, "Is contained in Vpc")],
    )


def create(group: Resource, tags: dict[str, str]) -> Change:
    """CreateSecurityGroup: the id is in the response alone."""
    parameters: Json = {
        "groupName": group.name,
        "groupDescription": f"for {group.name}",
        "vpcId": group.attributes["vpc"].resource_id,
    }
    response: Json = {"_return": True, "groupId": group.resource_id}
    if tags:
        listed = key_value_list(tags)
        specification = {"resourceType": "security-group", "tags": listed}
        parameters["tagSpecificationSet"] = {"items": [specification]}
        response["tagSet"] = {"items": listed}
    call = Call("ec2", "CreateSecurityGroup", parameters, response)
    return Change(
        group,
        call,
        {"rules": ()},
        tags=tags,
        creates=True,
        neighbours=_network(group, is_added=True),
    )


def _network(group: Resource, is_added: bool) -> tuple[Neighbour]:
    return (networks.contains(group.attributes["vpc"], group, is_added),)


def delete(group: Resource) -> Change:
    """DeleteSecurityGroup."""
    call = Call("ec2", "DeleteSecurityGroup", {"groupId": group.resource_id}, {"_return": True})
    return Change(group, call, deletes=True, neighbours=_network(group, is_added=False))


def _permissions(group: Resource, port: int, cidr: str) -> Json:
    permission = {
        "ipProtocol": "tcp",
        "fromPort": port,
        "toPort": port,
        "groups": {},
        "ipRanges": {"items": [{"cidrIp": cidr}]},
        "ipv6Ranges": {},
        "prefixListIds": {},
    }
    return {"groupId": group.resource_id, "ipPermissions": {"items": [permission]}}


def authorize(group: Resource, port: int, cidr: str) -> Change:
    """AuthorizeSecurityGroupIngress."""
    rule = {
        "groupOwnerId": group.place.account_id,
        "groupId": group.resource_id,
        "securityGroupRuleId": "sgr-" + stable_hex(17, group.resource_id, port, cidr),
        "isEgress": False,
        "ipProtocol": "tcp",
        "fromPort": port,
        "toPort": port,
        "cidrIpv4": cidr,
    }
    response = {"_return": True, "securityGroupRuleSet": {"items": [rule]}}
    call = Call("ec2", "AuthorizeSecurityGroupIngress", _permissions(group, port, cidr), response)
    rules = tuple(dict.fromkeys((*group.attributes["rules"], (port, cidr))))
    return Change(group, call, {"rules": rules})


def revoke(group: Resource, port: int, cidr: str) -> Change:
    """RevokeSecurityGroupIngress."""
    call = Call(
        "ec2", "RevokeSecurityGroupIngress", _permissions(group, port, cidr), {"_return": True}
    )
    rules = tuple(rule for rule in group.attributes["rules"] if rule != (port, cidr))
    return Change(group, call, {"rules": rules})


def render(group: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a group's item."""
    return {
        "description": f"for {group.name}",
        "groupName": group.name,
        "ipPermissions": [_rule("tcp", port, cidr) for port, cidr in group.attributes["rules"]],
        "ownerId": group.place.account_id,
        "groupId": group.resource_id,
        "ipPermissionsEgress": [_rule("-1", None, "0.0.0.0/0")],
        "tags": key_value_list(tags),
        "vpcId": group.attributes["vpc"].resource_id,
    }, {}


def _rule(protocol: str, port: int | None, cidr: str) -> Json:
    rule: Json = {
        "ipProtocol": protocol,
        "ipv6Ranges": [],
        "prefixListIds": [],
        "userIdGroupPairs": [],
        "ipv4Ranges": [{"cidrIp": cidr}],
        "ipRanges": [cidr],
    }
    if port is not None:
        rule |= {"fromPort": port, "toPort": port}
    return rule
