"""What the parts of the activity share: a deed at a moment, and where it is logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from demo import identities, organization
from demo.calls import Call, Caller, Json, Place
from demo.clock import HOUR, MINUTE, SECOND
from demo.ids import Ids, stable_hex
from demo.organization import Actor

# Config records nothing there, and no story plays there.
REGION = "us-west-2"

MORNING = 9 * HOUR + 10 * MINUTE
AFTERNOON = 15 * HOUR + 40 * MINUTE


@dataclass(frozen=True, slots=True)
class Deed:
    """One call of somebody, in its day."""

    moment: int
    place: Place
    caller: Caller
    call: Call


@dataclass(frozen=True, slots=True)
class Stage:
    """One day of the activity: where, when, and what to draw from."""

    day: int
    number: int
    place: Place
    random: Random = field(repr=False)
    ids: Ids = field(repr=False)

    @property
    def account_id(self) -> str:
        """The account in which it all happens."""
        return self.place.account_id

    def at(self, actor: Actor, start: int, calls: Iterable[Call]) -> list[Deed]:
        """Somebody's calls, a few seconds after one another."""
        return self.by(actor.caller(self.account_id, self.day + start), start, calls)

    def by(self, caller: Caller, start: int, calls: Iterable[Call]) -> list[Deed]:
        """The calls of a caller, a few seconds after one another."""
        moment = self.day + start
        deeds = []
        for call in calls:
            moment += self.random.randrange(2, 9) * SECOND
            deeds.append(Deed(moment, self.place, caller, call))
        return deeds

    def app(self, role: str, start: int, calls: Iterable[Call]) -> list[Deed]:
        """A program's calls, from an instance with a role."""
        session = "i-0" + stable_hex(16, self.account_id, role, REGION)
        begun = self.day + 6 * HOUR
        identity = identities.assumed_role(
            self.account_id, role, session, begun, ec2RoleDelivery="2.0"
        )
        return self.by(Caller(identity, "198.51.100.64", organization.BOTO), start, calls)


def data(call: Call, additional: Json | None = None, resources: Sequence[Json] = ()) -> Call:
    """The call as a data event."""
    fields: Json = {"managementEvent": False, "eventCategory": "Data"}
    if additional is not None:
        fields["additionalEventData"] = additional
    return replace(call, resources=tuple(resources), fields={**(call.fields or {}), **fields})
