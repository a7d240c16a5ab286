"""What is changed by hand in networks, keys and instances, on two days of a week."""

from __future__ import annotations

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage
from demo.calls import Call, Failure, Json
from demo.clock import MINUTE
from demo.organization import PEOPLE, ROOT

ALICE, _, _, DAN, _, _ = PEOPLE
GROUP = "sg-0west11aa22bb33cc"
KEY = "0f1e2d3c-4b5a-4697-8899-aabbccddeeff"
NEXT_KEY = "1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9"
LIMIT = Failure("Client.VpcLimitExceeded", "The maximum number of VPCs has been reached.")
ANYWHERE = {"items": [{"cidrIp": "0.0.0.0/0"}]}


def deeds(stage: Stage) -> list[Deed]:
    """Networks on the second day, keys and the root user on the fourth."""
    acts = {
        1: [*stage.at(DAN, MORNING + 5 * MINUTE, _networks())],
        3: [
            *stage.at(ALICE, MORNING + 5 * MINUTE, _keys()),
            *stage.at(ROOT, AFTERNOON + MINUTE, [_ec2("RebootInstances", instancesSet=_one())]),
        ],
    }
    return acts.get(stage.number % 7, [])


def _networks() -> list[Call]:
    rules = {"SecurityGroupRuleId": "sgr-0west44dd55ee66ff", "SecurityGroupRule": _rule("::/0")}
    modified = {"GroupId": GROUP, "SecurityGroupRule": rules}
    route = {
        "routeTableId": "rtb-0west77889900aabb",
        "destinationCidrBlock": "0.0.0.0/0",
        "gatewayId": "igw-0west1122334455",
    }
    return [
        _ec2("AuthorizeSecurityGroupIngress", groupId=GROUP, ipPermissions=_opened(22, ANYWHERE)),
        _ec2("AuthorizeSecurityGroupIngress", groupId=GROUP, ipPermissions=_opened(443, {})),
        _ec2("ModifySecurityGroupRules", ModifySecurityGroupRulesRequest=modified),
        _ec2("RevokeSecurityGroupIngress", groupId=GROUP, ipPermissions=_opened(22, ANYWHERE)),
        _ec2("CreateNetworkInterface", subnetId="subnet-0west5566778899", groupSet=_group()),
        _ec2("CreateRoute", **route),
        _ec2("CreateVpc", cidrBlock="10.9.0.0/16").refused(LIMIT),
    ]


def _keys() -> list[Call]:
    policy = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt"}]}'
    return [
        Call("kms", "PutKeyPolicy", {"keyId": KEY, "policyName": "default", "policy": policy}),
        Call("kms", "CreateAlias", {"aliasName": "alias/ledger-west", "targetKeyId": KEY}),
        Call("kms", "UpdateAlias", {"aliasName": "alias/ledger-west", "targetKeyId": NEXT_KEY}),
    ]


def _ec2(name: str, **request: object) -> Call:
    return Call("ec2", name, dict(request), {"_return": True})


def _opened(port: int, ranges: Json) -> Json:
    addresses = ranges or {"items": [{"cidrIp": "10.0.0.0/8"}]}
    permission = {
        "ipProtocol": "tcp",
        "fromPort": port,
        "toPort": port,
        "groups": {},
        "ipRanges": addresses,
        "ipv6Ranges": {},
        "prefixListIds": {},
    }
    return {"items": [permission]}


def _rule(addresses: str) -> Json:
    return {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, "CidrIpv6": addresses}


def _group() -> Json:
    return {"items": [{"groupId": GROUP}]}


def _one() -> Json:
    return {"items": [{"instanceId": "i-0west99aabbccddee"}]}
