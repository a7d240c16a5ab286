"""AWS::SSM::PatchCompliance: what a managed node last told Systems Manager of its patches.

The node reports with PutInventory after each run of a patch baseline. Among the patches of an item
stands their summary (Security Hub user guide, "AwsSsmPatchCompliance").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from demo.calls import Call, Json, Place
from demo.clock import iso_seconds
from demo.ids import stable_hex
from demo.resources.base import Change, Relation, Resource

TYPE = "AWS::SSM::PatchCompliance"
INVENTORY = "AWS::SSM::ManagedInstanceInventory"
COMPLIANT = ("Installed", "InstalledOther")
SEVERITIES = ("Critical", "High", "Medium", "Low", "Informational", "Unspecified")


@dataclass(frozen=True, slots=True)
class Patch:
    """One patch as a node sees it; `severity` is the vendor's word, `installed` a moment."""

    patch_id: str
    state: str
    title: str
    classification: str = "Security"
    severity: str = "Important"
    installed: int | None = None

    @property
    def is_compliant(self) -> bool:
        """Whether it is as the baseline wants it."""
        return self.state in COMPLIANT


def new(place: Place, node_id: str, group: str, patches: Sequence[Patch]) -> Resource:
    """What Config shows of the patches of a node; it has the id of the node's inventory."""
    resource_id = f"{INVENTORY}/{node_id}"
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=resource_id,
        name=None,
        arn=f"arn:aws:ssm:{place.region}:{place.account_id}:patch-compliance/{resource_id}",
        attributes={"node": node_id, "group": group, "patches": tuple(patches)},
        has_creation_time=False,
        relations=[Relation(INVENTORY, node_id, "Is associated with ")],
    )


def report(node: Resource, patches: Sequence[Patch], moment: int) -> Change:
    """PutInventory, by the node itself: logged with hashes of what it tells."""
    node_id = node.attributes["node"]
    said: Json = {
        "schemaVersion": "1.0",
        "captureTime": iso_seconds(moment),
        "contentHash": stable_hex(32, node_id, *patches),
    }
    context = {
        "ComplianceType": "Patch",
        "ExecutionId": stable_hex(32, "execution", node_id, moment),
        "ExecutionType": "Command",
        "ExecutionTime": iso_seconds(moment),
    }
    items = [
        {"typeName": "AWS:PatchSummary", **said},
        {"typeName": "AWS:ComplianceItem", **said, "context": context},
    ]
    place = node.place
    named = tuple(
        {
            "accountId": place.account_id,
            "ARN": f"arn:aws:ssm:{place.region}:{place.account_id}:{kind}/{node_id}",
        }
        for kind in ("managed-instance", "managed-instance-inventory")
    )
    request = {"instanceId": node_id, "items": items}
    call = Call("ssm", "PutInventory", request, resources=named)
    return Change(node, call, {"patches": tuple(patches)})


def render(node: Resource, _tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of an item of patch compliance."""
    state = node.attributes
    baseline = "pb-0" + stable_hex(16, "baseline", state["group"])
    shared = {"PatchBaselineId": baseline, "PatchGroup": state["group"]}
    patches = {patch.patch_id: {**_patch(patch), **shared} for patch in state["patches"]}
    content = {**patches, "ComplianceSummary": _summary(state["patches"], shared)}
    return {"AWS:ComplianceItem": {"SchemaVersion": "1.0", "Content": {"Patch": content}}}, {}


def _patch(patch: Patch) -> Json:
    installed = "" if patch.installed is None else iso_seconds(patch.installed)
    return {
        "Id": patch.patch_id,
        "Title": patch.title,
        "Status": "COMPLIANT" if patch.is_compliant else "NON_COMPLIANT",
        "Severity": "UNSPECIFIED",
        "PatchState": patch.state,
        "PatchSeverity": patch.severity,
        "Classification": patch.classification,
        "InstalledTime": installed,
        "DocumentName": "AWS-RunPatchBaseline",
        "CVEIds": "",
    }


def _summary(patches: Sequence[Patch], shared: Json) -> Json:
    counts = Counter(patch.is_compliant for patch in patches)
    # Of baselines that give no severity of their own, all patches are unspecified.
    numbers = {
        f"{word}{severity}Count": counts[is_compliant] if severity == "Unspecified" else 0
        for word, is_compliant in (("Compliant", True), ("NonCompliant", False))
        for severity in SEVERITIES
    }
    return {
        "ComplianceType": "Patch",
        "Status": "NON_COMPLIANT" if counts[False] else "COMPLIANT",
        "OverallSeverity": "UNSPECIFIED",
        "ExecutionType": "Command",
        **shared,
        **numbers,
    }
