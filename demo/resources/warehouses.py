"""AWS::Redshift::Cluster: known by the identifier people chose, and encrypted or not at any time.

ModifyCluster with `encrypted: false` decrypts a cluster; it takes a while (Redshift management
guide, "Changing cluster encryption").
"""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import iso_millis
from demo.resources.base import Change, Relation, Resource, key_value_list

TYPE = "AWS::Redshift::Cluster"
PARAMETERS, SUBNETS = "default.redshift-1.0", "default"


def new(place: Place, name: str, key_arn: str) -> Resource:
    """A cluster encrypted with a key."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=name,
        name=name,
        arn=f"arn:aws:redshift:{place.region}:{place.account_id}:cluster:{name}",
        attributes={"key": key_arn},
        zone=f"{place.region}b",
        relations=[
            Relation(
                "AWS::Redshift::ClusterParameterGroup",
                PARAMETERS,
                "Is associated with ClusterParameterGroup",
                PARAMETERS,
            ),
            Relation(
                "AWS::Redshift::ClusterSubnetGroup",
                SUBNETS,
                "Is associated with ClusterSubnetGroup",
                SUBNETS,
            ),
        ],
    )


def encrypt(cluster: Resource, key_arn: str | None) -> Change:
    """ModifyCluster: encrypts with a key, or decrypts."""
    parameters: Json = {
        "clusterIdentifier": cluster.name,
        "encrypted": key_arn is not None,
        **({} if key_arn is None else {"kmsKeyId": key_arn}),
    }
    response = {
        **_shown(cluster, "resizing"),
        "pendingModifiedValues": {"encryptionType": "KMS" if key_arn else "NONE"},
    }
    call = Call("redshift", "ModifyCluster", parameters, response)
    return Change(cluster, call, {"key": key_arn})


def _shown(cluster: Resource, status: str) -> Json:
    key = cluster.attributes["key"]
    shown: Json = {
        "clusterIdentifier": cluster.name,
        "nodeType": "ra3.large",
        "clusterStatus": status,
        "masterUsername": "tarn",
        "dBName": "finance",
        "endpoint": {
            "address": f"{cluster.name}.example.{cluster.place.region}.redshift.amazonaws.com",
            "port": 5439,
        },
        "clusterCreateTime": iso_millis(cluster.created_at),
        "automatedSnapshotRetentionPeriod": 7,
        "clusterSecurityGroups": [],
        "clusterParameterGroups": [
            {"parameterGroupName": PARAMETERS, "parameterApplyStatus": "in-sync"}
        ],
        "clusterSubnetGroupName": SUBNETS,
        "availabilityZone": cluster.zone,
        "preferredMaintenanceWindow": "tue:10:00-tue:10:30",
        "clusterVersion": "1.0",
        "allowVersionUpgrade": True,
        "numberOfNodes": 1,
        "publiclyAccessible": False,
        "encrypted": key is not None,
    }
    return shown if key is None else {**shown, "kmsKeyId": key}


def render(cluster: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a cluster's item."""
    configuration = {
        **_shown(cluster, "available"),
        "pendingModifiedValues": {},
        "iamRoles": [],
        "tags": key_value_list(tags),
    }
    return configuration, {"LoggingStatus": {"loggingEnabled": False}}
