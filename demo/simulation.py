"""Resources in time.

Stories are generators: they call, then yield how many milliseconds to wait. A call
that succeeds changes its resource at once, and some time later Config looks at
it (see `config`). Nothing else decides which event caused which item.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from demo import events
from demo.calls import Call, Caller, Failure, Json, Place
from demo.capture import contents, touched_properties
from demo.clock import DAY, MINUTE, SECOND
from demo.config import Config
from demo.encryption_truth import EncryptionEvent
from demo.identities import aws_account
from demo.ids import Ids
from demo.items import Cause, Item
from demo.log import LoggedEvent
from demo.plan import Plan
from demo.resources.base import Change, Neighbour, Resource
from demo.truth import Truth

Story = Iterator[int]

# No two stories work on one resource within this time.
STORY_TIME = 45 * MINUTE
ALWAYS = 10**6 * DAY


class Simulation:
    """The organization's resources and the clock they change by."""

    def __init__(
        self,
        plan: Plan,
        seed: int | str,
        truth: Truth,
        log: Callable[[LoggedEvent], None],
        record_item: Callable[[Item], None],
    ) -> None:
        self.plan = plan
        self.truth = truth
        self.random = Random(f"{seed}/stories")
        self.ids = Ids(Random(f"{seed}/ids"))
        self.now = plan.period.start
        self.resources: dict[tuple[str, str, str], list[Resource]] = {}
        self.config = Config(self, Random(f"{seed}/lags"), record_item)
        self._log = log
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._turn = 0

    # ---- time

    def at(self, moment: int, action: Callable[[], None]) -> None:
        """Do something later; things of one moment happen in the order they were asked for."""
        self._turn += 1
        heapq.heappush(self._queue, (moment, self._turn, action))

    def begin(self, moment: int, story: Story) -> None:
        """Let a story begin at a moment."""

        def go_on() -> None:
            pause = next(story, None)
            if pause is not None and self.now + pause < self.plan.period.end:
                self.at(self.now + pause, go_on)

        self.at(moment, go_on)

    def run_until(self, moment: int) -> None:
        """Do everything that is due before a moment."""
        while self._queue and self._queue[0][0] < moment:
            self.now, _, action = heapq.heappop(self._queue)
            action()
        self.now = moment

    # ---- resources

    def add(self, resource: Resource) -> Resource:
        """Make a resource known to stories, alive or not yet."""
        self._listed(resource.resource_type, resource.place).append(resource)
        return resource

    def alive(self, resource_type: str, place: Place) -> list[Resource]:
        """The living resources of a type, oldest first."""
        listed = self._listed(resource_type, place)
        return [resource for resource in listed if resource.is_alive]

    def pick(self, resource_type: str, place: Place) -> Resource | None:
        """A living resource that no other story works on, claimed for a while."""
        free = [one for one in self.alive(resource_type, place) if one.busy_until <= self.now]
        return self.claim(self.random.choice(free)) if free else None

    def claim(self, resource: Resource, time: int = STORY_TIME) -> Resource:
        """Keep other stories away from a resource."""
        resource.busy_until = self.now + time
        return resource

    def forget_the_dead(self) -> None:
        """Drop what is gone and seen as gone, so that long simulations stay small."""
        for listed in self.resources.values():
            listed[:] = [
                one
                for one in listed
                if one.is_alive or one.is_capture_due or one.busy_until > self.now
            ]

    def _listed(self, resource_type: str, place: Place) -> list[Resource]:
        return self.resources.setdefault((resource_type, place.account_id, place.region), [])

    # ---- calls

    def log(self, caller: Caller, place: Place, call: Call, late: int = 0) -> Json:
        """Log a call that changes nothing recorded; answers its record.

        `late` is how much later than usual its file is delivered.
        """
        record = events.record(self.ids, place, self.now, caller, call)
        if late:
            record["addendum"] = {"reason": "DELIVERY_DELAY"}
        return self.log_record(record, place, late=late)

    def log_across(self, caller: Caller, place: Place, call: Call) -> list[Json]:
        """Log a call to another account, first with the caller's, then with the owner's.

        The two records have their own eventIDs and one sharedEventID.
        """
        shared_id = self.ids.uuid()
        records = []
        for account_id, seen in (
            (caller.identity["accountId"], caller),
            (place.account_id, stranger(caller)),
        ):
            where = Place(account_id, place.region)
            record = events.record(self.ids, where, self.now, seen, call)
            record["sharedEventID"] = shared_id
            records.append(self.log_record(record, where))
        event_ids = [record["eventID"] for record in records]
        self.truth.shared.append({"shared_event_id": shared_id, "event_ids": event_ids})
        return records

    def log_record(
        self, record: Json, place: Place, late: int = 0, is_addendum: bool = False
    ) -> Json:
        """Log a record that is ready."""
        event = LoggedEvent(
            event_id=record["eventID"],
            moment=self.now,
            place=place,
            body=events.encode(record),
            late=late,
            is_lost=self.plan.is_lost(place, self.now),
            is_addendum=is_addendum,
        )
        self._log(event)
        return record

    def do(self, caller: Caller, change: Change, lag: int | None = None, late: int = 0) -> Json:
        """Make a call that succeeds: log it, change what it changes, let Config look."""
        place = change.resource.place
        record = self.log(caller, place, change.call, late)
        cause = Cause(record["eventID"], not self.plan.is_lost(place, self.now))
        for one in (change, *change.others):
            self._change(one, caller, cause, lag)
        return record

    def do_across(self, caller: Caller, change: Change) -> list[Json]:
        """Make a call on a resource of another account; answers the records of both."""
        resource = change.resource
        records = self.log_across(caller, resource.place, change.call)
        cause = Cause(records[1]["eventID"], not self.plan.is_lost(resource.place, self.now))
        self._change(change, stranger(caller), cause, None)
        self.truth.write_without_item(records[0]["eventID"], resource, "seen_elsewhere")
        return records

    def _change(self, change: Change, caller: Caller, cause: Cause, lag: int | None) -> None:
        resource = change.resource
        before = contents(resource)
        self._apply(change, caller, cause)
        self._note_encryption(caller, change, cause)
        touched = touched_properties(resource.resource_type, before, contents(resource))
        if change.deletes:
            self.config.overtake(resource)
        if change.creates or change.deletes or touched:
            self.config.expect(resource, replace(cause, touched=touched), lag)
        elif cause.is_delivered:
            # A call that leaves everything as it was causes no item.
            self.truth.write_without_item(cause.event_id, resource, "no_change")
        for neighbour in change.neighbours:
            self._affect(neighbour, resource, cause)

    def _affect(self, neighbour: Neighbour, resource: Resource, cause: Cause) -> None:
        other = neighbour.resource
        before = contents(other)
        if neighbour.goes_too:
            other.is_alive = False
        elif neighbour.relation is not None and neighbour.is_added:
            other.relations.append(neighbour.relation)
        elif neighbour.relation in other.relations:
            other.relations.remove(neighbour.relation)
        via = (resource.resource_type, resource.resource_id)
        touched = touched_properties(other.resource_type, before, contents(other))
        if touched or neighbour.goes_too:
            self.config.expect(other, replace(cause, via=via, touched=touched), None)

    def refuse(self, caller: Caller, change: Change, failure: Failure | None = None) -> str:
        """Make a call that fails, by default for want of rights; nothing changes."""
        call = change.call
        refused = call.refused(failure or denied(caller, call))
        record = self.log(caller, change.resource.place, refused)
        event_id: str = record["eventID"]
        if change.encryption is not None:
            self.truth.denied_encryption(event_id)
        return event_id

    def _apply(self, change: Change, caller: Caller, cause: Cause) -> None:
        resource = change.resource
        resource.attributes.update(change.attributes)
        if change.tags is not None:
            resource.tags = dict(change.tags)
        if change.relations is not None:
            resource.relations = list(change.relations)
        if change.creates:
            resource.is_alive = True
            resource.life += 1
            resource.created_at = self.now // SECOND * SECOND
            resource.created_by = cause
            resource.creator_arn = caller.arn
        if change.deletes:
            resource.is_alive = False

    def _note_encryption(self, caller: Caller, change: Change, cause: Cause) -> None:
        if change.encryption is None:
            return
        resource = change.resource
        self.truth.encryption_event(
            EncryptionEvent(
                event_id=cause.event_id,
                is_delivered=cause.is_delivered,
                bucket_name=resource.resource_id,
                account_id=resource.place.account_id,
                aws_region=resource.place.region,
                life=resource.life,
                moment=self.now // SECOND * SECOND,
                actor_arn=caller.arn,
                requested=change.encryption,
                is_reset=change.call.name.startswith("Delete"),
            )
        )

    def drift(self, resource: Resource, **attributes: object) -> None:
        """Change a resource by nobody's call, as when hardware fails."""
        resource.attributes.update(attributes)
        self.config.expect(resource, None, None)


def stranger(caller: Caller) -> Caller:
    """What another account learns of a caller: no more than account and principal."""
    identity = aws_account(caller.identity["accountId"], caller.identity["principalId"])
    return Caller(identity, caller.address, caller.agent)


def denied(caller: Caller, call: Call) -> Failure:
    """The refusal a service gives to a caller without rights."""
    who = caller.arn or "unknown"
    if call.service == "ec2":
        message = "You are not authorized to perform this operation."
        return Failure("Client.UnauthorizedOperation", message)
    code = "AccessDeniedException" if call.service in ("kms", "lambda") else "AccessDenied"
    action = f"{call.service}:{call.name}"
    return Failure(code, f"User: {who} is not authorized to perform: {action}")
