"""What stories share: where they happen, who acts, and how long people wait."""

from __future__ import annotations

from dataclasses import dataclass

from demo.calls import Caller, Place
from demo.clock import MINUTE, SECOND
from demo.organization import PEOPLE, Actor
from demo.simulation import Simulation, Story

__all__ = ["Scene", "Story"]


@dataclass(frozen=True, slots=True)
class Scene:
    """A simulation, a place and somebody who acts there."""

    sim: Simulation
    place: Place
    actor: Actor

    @property
    def caller(self) -> Caller:
        """The actor's session now."""
        return self.actor.caller(self.place.account_id, self.sim.now)

    def somebody_else(self) -> Scene:
        """The same place, another actor."""
        others = [person for person in PEOPLE if person is not self.actor]
        return Scene(self.sim, self.place, self.sim.random.choice(others))

    def soon(self) -> int:
        """The pause between two calls of one program, or two clicks."""
        return self.sim.random.randrange(2 * SECOND, 12 * SECOND)

    def later(self) -> int:
        """Time enough for Config to look in between."""
        return self.sim.random.randrange(9 * MINUTE, 30 * MINUTE)
