"""When Config looks at what has changed, and which events the item then shows.

Calls that come before the look share its item; a state that was gone again by then
is never seen. How long it takes depends on the type and on chance. Tables of one
region are recorded daily: their items show a day's changes at once.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from demo.capture import contents, look, touched_properties
from demo.clock import DAY, HOUR, MINUTE, SECOND
from demo.items import Cause, Item
from demo.organization import REGIONS
from demo.resources import buckets, databases, instances, policies, roles, stacks, tables, users
from demo.resources.base import Resource
from demo.volatile import rewrite

if TYPE_CHECKING:
    from demo.simulation import Simulation

LONGEST_LAG = 20 * MINUTE
# One look in so many takes its time.
SLOW_ONES = 12
USUAL_LAG = (20 * SECOND, 8 * MINUTE)
LAGS = {
    buckets.TYPE: (5 * SECOND, 6 * MINUTE),
    databases.TYPE: (3 * MINUTE, 15 * MINUTE),
    instances.TYPE: (15 * SECOND, 4 * MINUTE),
    policies.TYPE: (MINUTE, 14 * MINUTE),
    roles.TYPE: (MINUTE, 14 * MINUTE),
    stacks.TYPE: (MINUTE, 10 * MINUTE),
    users.TYPE: (MINUTE, 14 * MINUTE),
}
DAILY_TYPE = tables.TYPE
DAILY_REGION = REGIONS[-1]
DAILY_AT = 4 * HOUR + 10 * MINUTE
# The last daily look comes some hours after the period.
LAST_LOOK = DAILY_AT + HOUR


def is_daily(resource: Resource) -> bool:
    """Whether Config records the resource once a day."""
    return resource.resource_type == DAILY_TYPE and resource.place.region == DAILY_REGION


class Config:
    """Watches the resources of a simulation."""

    def __init__(
        self, sim: Simulation, random: Random, record_item: Callable[[Item], None]
    ) -> None:
        self._sim = sim
        self._random = random
        self._record_item = record_item

    def expect(self, resource: Resource, cause: Cause | None, lag: int | None) -> None:
        """Look at a resource some time from now, unless a look is due already."""
        if cause is not None:
            resource.causes.append(cause)
        if not resource.is_capture_due:
            resource.is_capture_due = True
            wait = self._lag(resource) if lag is None else lag
            self._sim.at(self._sim.now + wait, lambda: self._look(resource))

    def overtake(self, resource: Resource) -> None:
        """What was changed and not yet seen is of no account once the resource is gone."""
        self._note_undone(resource, resource.causes)
        resource.causes.clear()

    def miss(self, resource: Resource, cause: Cause | None) -> None:
        """Never notice that a resource has ended, nor what was about to be seen of it."""
        resource.is_alive, resource.is_missed = False, True
        self.overtake(resource)
        resource.causes += [cause] if cause is not None else []

    def record(self, resource: Resource, item: Item) -> None:
        """Keep an item of a resource."""
        before, resource.last = resource.last, item
        self._record_item(item)
        self._sim.truth.item(item, resource, before)

    def _lag(self, resource: Resource) -> int:
        chance = self._random.random()
        if is_daily(resource):
            today = self._sim.now // DAY * DAY + DAILY_AT
            due = today if today > self._sim.now else today + DAY
            return due + int(chance * 40 * MINUTE) - self._sim.now
        if chance * SLOW_ONES < 1:
            return self._random.randrange(8 * MINUTE, LONGEST_LAG)
        return self._random.randrange(*LAGS.get(resource.resource_type, USUAL_LAG))

    def _look(self, resource: Resource) -> None:
        resource.is_capture_due = False
        if resource.is_missed:
            return
        rewrite(resource, self._sim.now, self._random)
        self._drop_undone(resource)
        item = look(resource, self._sim.now)
        if item is None or not item.causes:
            self._note_undone(resource, resource.causes)
        resource.causes.clear()
        if item is not None:
            self.record(resource, item)

    def _drop_undone(self, resource: Resource) -> None:
        """Keep the causes that changed something which the item shows otherwise than the last."""
        last = resource.last
        if last is None or last.is_deletion or not resource.is_alive or last.life != resource.life:
            return
        shown = touched_properties(resource.resource_type, last.contents, contents(resource))
        undone = [cause for cause in resource.causes if not cause.touched & shown]
        self._note_undone(resource, undone)
        resource.causes = [cause for cause in resource.causes if cause.touched & shown]

    def _note_undone(self, resource: Resource, causes: list[Cause]) -> None:
        for cause in causes:
            if cause.is_delivered and not cause.is_indirect:
                self._sim.truth.write_without_item(cause.event_id, resource, "undone")
