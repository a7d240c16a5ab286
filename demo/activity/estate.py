"""Resources that no story has and Config shows: volumes, a warehouse, and patches of two nodes.

They live in a simulation of their own, with its own random streams, beside that of the stories:
what Config makes of them is in the truth like everything else. Each evening's calls are done by
midnight; their logs lie in files of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from demo import beginnings, identities, names, organization
from demo.calls import Caller, Place
from demo.clock import DAY, HOUR, MINUTE, SECOND
from demo.ids import stable_hex
from demo.items import Item
from demo.log import LoggedEvent
from demo.options import Options
from demo.organization import HOME_REGION, PEOPLE, accounts
from demo.plan import Plan
from demo.resources import patches, volumes, warehouses
from demo.resources.base import Change, Resource
from demo.resources.patches import Patch
from demo.simulation import Simulation
from demo.truth import Truth

ALICE, BOB, _, DAN, _, _ = PEOPLE
EVENING = 19 * HOUR
# How long Redshift needs until a cluster is decrypted.
MIGRATION = 18 * MINUTE
NODE_ROLE, NODE_PATH = "AmazonEC2RunCommandRoleForManagedInstances", "/service-role/"
AGENT = "aws-sdk-go/1.55.5 (go1.23.4; linux; amd64) amazon-ssm-agent/"


class Estate:
    """What is there, and what is done to it on the evenings of a week."""

    def __init__(
        self, options: Options, plan: Plan, truth: Truth, record_item: Callable[[Item], None]
    ) -> None:
        self._calls: list[LoggedEvent] = []
        self.sim = Simulation(
            plan, f"{options.seed}/estate", truth, self._calls.append, record_item
        )
        self._place = Place(accounts(options)[0], HOME_REGION)
        warehouse = warehouses.new(self._place, "finance-warehouse", self._key())
        self._warehouse = beginnings.known(self.sim, warehouse)
        for size, is_encrypted in ((40, False), (100, True)):
            beginnings.known(self.sim, self._volume(size, is_encrypted))
        self._scratch: Resource | None = None
        self._tills = self._node("linux-till", LINUX)
        # A node that nobody patches.
        self._node("windows-scanner", WINDOWS)
        beginnings.see(self.sim)

    def play(self, day: int, number: int) -> list[LoggedEvent]:
        """An evening; answers its calls."""
        acts = {
            1: self._patch,
            2: self._make_volumes,
            3: self._change_encryption,
            4: self._restart,
            5: self._drop_scratch,
        }
        act = acts.get(number % 7)
        if act is not None:
            self.sim.at(day + EVENING + self.sim.random.randrange(20 * MINUTE), act)
        self.sim.run_until(day + DAY)
        calls = list(self._calls)
        self._calls.clear()
        return calls

    # ---- what was there before

    def _volume(self, size: int, is_encrypted: bool) -> Resource:
        volume_id = f"vol-0{self.sim.ids.hexadecimal(16)}"
        return volumes.new(self._place, volume_id, size, is_encrypted)

    def _node(self, group: str, known: tuple[Patch, ...]) -> Resource:
        """A server in a shop, which Systems Manager manages and EC2 doesn't know."""
        installed = self.sim.plan.period.start - 30 * DAY
        there = [
            replace(one, installed=installed) if one.state.startswith("Installed") else one
            for one in known
        ]
        node_id = f"mi-0{stable_hex(16, self._place.account_id, group)}"
        node = beginnings.known(self.sim, patches.new(self._place, node_id, group, there))
        node.tags = {}
        return node

    def _key(self) -> str:
        place = self._place
        return f"arn:aws:kms:{place.region}:{place.account_id}:key/{self.sim.ids.uuid()}"

    # ---- what is done

    def _by(self, actor: organization.Actor, change: Change, lag: int | None = None) -> None:
        self.sim.do(actor.caller(self._place.account_id, self.sim.now), change, lag)

    def _make_volumes(self) -> None:
        """One that stays, and one for three days; nobody thought of encryption."""
        self._make_volume(200)
        self.sim.at(self.sim.now + 4 * SECOND, lambda: self._make_volume(8))

    def _make_volume(self, size: int) -> None:
        self._scratch = self.sim.add(self._volume(size, is_encrypted=False))
        self._by(BOB, volumes.create(self._scratch, names.tags(self.sim), self.sim.now))

    def _drop_scratch(self) -> None:
        if self._scratch is not None:
            self._by(ALICE, volumes.delete(self._scratch))
            self._scratch = None

    def _change_encryption(self) -> None:
        """The warehouse is decrypted for a test of its speed; encrypted again a week later."""
        was_encrypted = self._warehouse.attributes["key"] is not None
        key = None if was_encrypted else self._key()
        self._by(DAN, warehouses.encrypt(self._warehouse, key), MIGRATION)

    def _patch(self) -> None:
        """What was missing is installed, and waits for a restart."""
        self._report(self._tills, "Missing", "InstalledPendingReboot")

    def _restart(self) -> None:
        self._report(self._tills, "InstalledPendingReboot", "Installed")

    def _report(self, node: Resource, before: str, after: str) -> None:
        now = self.sim.now
        seen = [
            replace(one, state=after, installed=now) if one.state == before else one
            for one in node.attributes["patches"]
        ]
        self.sim.do(_agent(node, now), patches.report(node, seen, now))


def _agent(node: Resource, moment: int) -> Caller:
    """The agent on a node, in the role that all nodes outside of EC2 have."""
    account_id, started = node.place.account_id, moment // HOUR * HOUR
    identity = identities.assumed_role(
        account_id, NODE_ROLE, node.attributes["node"], started, NODE_PATH
    )
    return Caller(identity, "198.51.100.210", AGENT)


LINUX = (
    Patch("kernel.x86_64:0:5.14.0-427.13.1.el9_4", "Installed", "kernel"),
    Patch("openssl.x86_64:1:3.0.7-27.el9", "Missing", "openssl"),
    Patch("curl.x86_64:0:7.76.1-29.el9_4.1", "Missing", "curl", severity="Moderate"),
    Patch("htop.x86_64:0:3.3.0-1.el9", "InstalledOther", "htop", "", ""),
)
WINDOWS = (
    Patch(
        "KB5051979",
        "Installed",
        "2025-02 Cumulative Update for Microsoft server operating system (KB5051979)",
        "SecurityUpdates",
        "Critical",
    ),
    Patch(
        "KB5053603",
        "Failed",
        "2025-03 Cumulative Update for Microsoft server operating system (KB5053603)",
        "SecurityUpdates",
        "Critical",
    ),
)
