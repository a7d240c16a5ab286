"""AWS Config's deliveries.

    AWSLogs/<account>/Config/<region>/<Y>/<M>/<D>/ConfigHistory/
        <account>_Config_<region>_ConfigHistory_<type>_<first>_<last>_<n>.json.gz
    .../ConfigSnapshot/<account>_Config_<region>_ConfigSnapshot_<time>_<id>.json.gz
    .../OversizedChangeNotification/<type>/<id>/
        <account>_Config_<region>_ChangeNotification_<type>_<id>_<time>_1.json.gz

(Config developer guide, "Delivery of configuration items".) Month and day are
not padded. History comes every six hours for each type that changed; snapshots
daily, with the last item of everything that lives. Global resources are recorded
in both regions of the first account, and so delivered twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from demo.calls import Place
from demo.capture import look, state
from demo.clock import compact_seconds, date_at, iso_millis
from demo.events import encode
from demo.ids import Ids
from demo.items import Item
from demo.objects import Objects
from demo.organization import GLOBAL, HOME_REGION, REGIONS
from demo.plan import Plan
from demo.resources import buckets
from demo.resources.base import Resource
from demo.truth import Truth

ITEMS_PER_FILE = 200
REPEATING_REGION = REGIONS[-1]


class Recorder:
    """Collects items and delivers them."""

    def __init__(self, objects: Objects, plan: Plan, seed: int, truth: Truth) -> None:
        self.on_snapshot: Callable[[str, str], None] | None = None
        self._objects = objects
        self._plan = plan
        self._truth = truth
        self._ids = Ids(Random(f"{seed}/config"))
        self._pending: list[Item] = []
        self._has_oversized = False

    def take(self, item: Item) -> None:
        """Accept an item for the next history file."""
        self._pending.append(item)
        is_update = item.resource_type == buckets.TYPE and item.change_kind == "modified"
        if is_update and item.captured_at >= self._plan.day(1) and not self._has_oversized:
            self._has_oversized = True
            self._oversized(item)

    def check(self, account_ids: Iterable[str]) -> None:
        """The empty file by which Config tries whether it may write."""
        for account_id in account_ids:
            self._objects.put(f"AWSLogs/{account_id}/Config/ConfigWritabilityCheckFile", b"")

    def history(self, until: int) -> None:
        """Write history files of the items captured before a moment."""
        files: dict[tuple[str, str, str], list[Item]] = {}
        for item in self._pending:
            if item.captured_at < until:
                for region in self._regions(item):
                    key = (item.account_id, region, item.resource_type)
                    files.setdefault(key, []).append(item)
        self._pending = [item for item in self._pending if item.captured_at >= until]
        for (account_id, region, resource_type), items in sorted(files.items()):
            self._history_files(Place(account_id, region), resource_type, items, until)

    def snapshot(self, resources: Iterable[Resource], moment: int) -> None:
        """Write a snapshot for each account and region with everything that lives."""
        files: dict[tuple[str, str], list[Item]] = {}
        missing: dict[tuple[str, str], list[Resource]] = {}
        for resource in resources:
            item = resource.last
            if resource.is_missed:
                place = (resource.place.account_id, resource.place.region)
                missing.setdefault(place, []).append(resource)
            elif item is not None and not item.is_deletion:
                for region in self._regions(item):
                    files.setdefault((item.account_id, region), []).append(item)
        for (account_id, region), items in sorted(files.items()):
            snapshot_id = self._ids.uuid()
            name = f"ConfigSnapshot_{compact_seconds(moment)}_{snapshot_id}"
            key = _key(Place(account_id, region), moment, "ConfigSnapshot", name)
            items.sort(key=lambda item: (item.resource_type, item.resource_id))
            text = self._write(key, items, f'"configSnapshotId":"{snapshot_id}",')
            for resource in missing.get((account_id, region), ()):
                self._truth.missing_from(resource, moment, key)
            if self.on_snapshot is not None and moment > self._plan.period.start + 86_400_000:
                self.on_snapshot(key, text)

    def repeat(self, resources: Iterable[Resource], moment: int) -> None:
        """Capture unchanged resources of one place anew, as daily recording does."""
        place = Place(self._plan.second_trail_account, REPEATING_REGION)
        for number, resource in enumerate(resources):
            is_there = resource.is_alive and resource.last is not None
            if resource.place == place and is_there and not resource.is_capture_due:
                resource.causes.clear()
                if look(resource, moment) is None:
                    before = resource.last
                    resource.last = state(resource, moment + number, "repeat")
                    self._truth.item(resource.last, resource, before)

    def _regions(self, item: Item) -> tuple[str, ...]:
        if item.aws_region != GLOBAL:
            return (item.aws_region,)
        is_first = item.account_id == self._plan.second_trail_account
        return REGIONS if is_first else (HOME_REGION,)

    def _history_files(
        self, place: Place, resource_type: str, items: list[Item], until: int
    ) -> None:
        for number, start in enumerate(range(0, len(items), ITEMS_PER_FILE), start=1):
            part = items[start : start + ITEMS_PER_FILE]
            first = compact_seconds(part[0].captured_at)
            last = compact_seconds(part[-1].captured_at)
            name = f"ConfigHistory_{resource_type}_{first}_{last}_{number}"
            self._write(_key(place, until, "ConfigHistory", name), part)

    def _write(self, key: str, items: list[Item], more: str = "") -> str:
        bodies = ",".join(item.body for item in items)
        text = f'{{"fileVersion":"1.0",{more}"configurationItems":[{bodies}]}}'
        self._objects.put_text(key, text)
        self._truth.counts["config_files"] += 1
        self._truth.counts["configuration_items_delivered"] += len(items)
        return text

    def _oversized(self, item: Item) -> None:
        place = Place(item.account_id, item.aws_region)
        moment = item.captured_at + 1_000
        name = (
            f"ChangeNotification_{item.resource_type}_{item.resource_id}"
            f"_{compact_seconds(moment)}_1"
        )
        folder = f"OversizedChangeNotification/{item.resource_type}/{item.resource_id}"
        envelope = {
            "configurationItemDiff": None,
            "notificationCreationTime": iso_millis(moment),
            "messageType": "ConfigurationItemChangeNotification",
            "recordVersion": "1.3",
        }
        text = f'{{"configurationItem":{item.body},{encode(envelope)[1:]}'
        self._objects.put_text(_key(place, moment, folder, name), text)
        self._truth.counts["config_files"] += 1
        self._truth.counts["configuration_items_delivered"] += 1


def _key(place: Place, moment: int, folder: str, name: str) -> str:
    day = date_at(moment)
    return (
        f"AWSLogs/{place.account_id}/Config/{place.region}"
        f"/{day.year}/{day.month}/{day.day}/{folder}"
        f"/{place.account_id}_Config_{place.region}_{name}.json.gz"
    )
