"""What happens to databases in a week: made, failed over, rebooted, restored, deleted."""

from __future__ import annotations

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage
from demo.calls import Call, Json
from demo.clock import MINUTE
from demo.organization import PEOPLE

ALICE, BOB, CAROL, *_ = PEOPLE
CLUSTER = "ledger-west"


def deeds(stage: Stage) -> list[Deed]:
    """A day of databases, by the day's place in the week."""
    acts = {
        0: (BOB, [_cluster("aurora-postgresql"), _writer(), _mysql()]),
        1: (ALICE, [_public(), _private()]),
        2: (BOB, [_rds("RebootDBInstance", dBInstanceIdentifier=f"{CLUSTER}-1")]),
        3: (CAROL, [_failover(), _rds("RebootDBInstance", dBInstanceIdentifier="shop-west")]),
        4: (BOB, [_restore()]),
        5: (CAROL, [_delete(True), _delete(False)]),
    }
    who = acts.get(stage.number % 7)
    return [] if who is None else stage.at(who[0], AFTERNOON + 5 * MINUTE, who[1])


def snapshots(stage: Stage) -> list[Deed]:
    """A volume's snapshot without encryption, one with it, and those of a whole instance."""
    if stage.number % 7 != 1:
        return []
    name = f"snap-0{stage.ids.hexadecimal(16)}"
    one = {"snapshotId": name, "volumeId": "vol-0aa11bb22cc33dd44", "encrypted": False}
    other = {**one, "snapshotId": f"snap-0{stage.ids.hexadecimal(16)}", "encrypted": True}
    asked = {"volumeId": "vol-0aa11bb22cc33dd44"}
    several = {
        "CreateSnapshotsResponse": {
            "snapshotSet": {"item": {**one, "snapshotId": f"snap-0{stage.ids.hexadecimal(16)}"}}
        }
    }
    whole = {"CreateSnapshotsRequest": {"InstanceSpecification": {"InstanceId": "i-0ff00ee11dd2"}}}
    calls = [
        Call("ec2", "CreateSnapshot", asked, one),
        Call("ec2", "CreateSnapshot", asked, other),
        Call("ec2", "CreateSnapshots", whole, several),
    ]
    return stage.at(ALICE, MORNING + 6 * MINUTE, calls)


def _rds(name: str, **request: object) -> Call:
    return Call("rds", name, dict(request), {"dBClusterIdentifier": CLUSTER})


def _cluster(engine: str) -> Call:
    return _rds("CreateDBCluster", dBClusterIdentifier=CLUSTER, engine=engine)


def _instance(name: str, engine: str, **more: object) -> Call:
    request: Json = {
        "dBInstanceIdentifier": name,
        "engine": engine,
        "dBInstanceClass": "db.r6g.large",
        **more,
    }
    answer = {"dBInstanceIdentifier": name, "engine": engine, "dBInstanceStatus": "creating"}
    return Call("rds", "CreateDBInstance", request, {**answer, **more})


def _writer() -> Call:
    return _instance(
        f"{CLUSTER}-1",
        "aurora-postgresql",
        dBClusterIdentifier=CLUSTER,
        engineVersion="16.4",
        availabilityZone="us-west-2b",
        enablePerformanceInsights=True,
    )


def _mysql() -> Call:
    return _instance("shop-west", "aurora-mysql", dBClusterIdentifier="shop-cluster-west")


def _public() -> Call:
    return _instance("trial-west", "postgres", publiclyAccessible=True)


def _private() -> Call:
    return _instance("backoffice-west", "postgres", publiclyAccessible=False)


def _failover() -> Call:
    target = f"{CLUSTER}-2"
    return _rds("FailoverDBCluster", dBClusterIdentifier=CLUSTER, targetDBInstanceIdentifier=target)


def _restore() -> Call:
    return _rds(
        "RestoreDBClusterToPointInTime",
        sourceDBClusterIdentifier=CLUSTER,
        dBClusterIdentifier=f"{CLUSTER}-restored",
        useLatestRestorableTime=False,
        restoreToTime="Mar 5, 2026 11:00:00 AM",
    )


def _delete(skips: bool) -> Call:
    name = f"{CLUSTER}-restored" if skips else CLUSTER
    request: Json = {"dBClusterIdentifier": name, "skipFinalSnapshot": skips}
    if not skips:
        request["finalDBSnapshotIdentifier"] = f"{name}-last"
    return Call("rds", "DeleteDBCluster", request, {"dBClusterIdentifier": name})
