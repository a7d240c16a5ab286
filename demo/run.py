"""One simulation from beginning to end, a day at a time, so that memory stays bounded."""

from __future__ import annotations

import json
from pathlib import Path

from demo import beginnings, plan
from demo.activity.estate import Estate
from demo.activity.week import Week
from demo.background import Background
from demo.breakage import Breakage
from demo.clock import DAY, HOUR, SECOND
from demo.config import LAST_LOOK
from demo.digests import Digests
from demo.objects import Objects
from demo.options import Options
from demo.organization import accounts
from demo.plan import SNAPSHOT_AT, Plan
from demo.recorder import Recorder
from demo.simulation import Simulation
from demo.stories import daily, planned
from demo.trails import Trails
from demo.truth import Truth

DELIVERIES = "deliveries"
TRUTH = "truth.json"
HISTORY_EVERY = 6 * HOUR
# Background of a day whose quiet hours hold as many events as the activity stands in for.
ROOM_FOR_ACTIVITY = 900


def simulate(options: Options, folder: Path) -> Truth:
    """Write deliveries/ and truth.json into a folder; answers the truth."""
    calendar = plan.make(options)
    truth = Truth()
    objects = Objects(folder / DELIVERIES)
    trails = Trails(objects, calendar, options.seed, options.events_per_file, truth)
    recorder = Recorder(objects, calendar, options.seed, truth)
    breakage = Breakage(objects, calendar, truth)
    digests = Digests(objects, calendar, truth)
    trails.breaker, trails.witness = breakage.breaker, digests.witness
    recorder.on_snapshot = breakage.snapshot

    sim = Simulation(calendar, options.seed, truth, trails.take, recorder.take)
    beginnings.settle(sim, options)
    planned.schedule(sim, options)
    beginnings.see(sim)
    recorder.check(accounts(options))
    background = Background(options, calendar, trails)
    week = Week(options, objects, truth, Estate(options, calendar, truth, recorder.take))
    for number in range(options.days):
        _day(sim, recorder, background, week, options, number)
    _finish(sim, recorder, trails, week)
    digests.write()
    rows = truth.as_json({**options.as_json()}, calendar)
    (folder / TRUTH).write_text(json.dumps(rows, separators=(",", ":")) + "\n")
    return truth


def _day(
    sim: Simulation,
    recorder: Recorder,
    background: Background,
    week: Week,
    options: Options,
    number: int,
) -> None:
    day = sim.plan.period.start + number * DAY
    _snapshot(sim, recorder, week, day, number)
    daily.schedule(sim, options, day)
    for until in range(day + HISTORY_EVERY, day + DAY + 1, HISTORY_EVERY):
        sim.run_until(until)
        recorder.history(until)
    total = round(options.events * (number + 1) / options.days)
    wanted = max(0, total - sim.truth.counts["events_simulated"])
    played = 0
    if wanted >= ROOM_FOR_ACTIVITY:
        played = week.play(sim, day, number)
        recorder.history(day + DAY)
    background.fill(sim, day, wanted, left_out=played)
    sim.forget_the_dead()
    week.estate.sim.forget_the_dead()


def _snapshot(sim: Simulation, recorder: Recorder, week: Week, day: int, number: int) -> None:
    moment = day + SNAPSHOT_AT
    sim.run_until(moment)
    resources = [
        resource
        for one in (sim, week.estate.sim)
        for listed in one.resources.values()
        for resource in listed
    ]
    if number == sim.plan.repeat_day:
        recorder.repeat(resources, moment)
    recorder.snapshot(resources, moment + SECOND)


def _finish(sim: Simulation, recorder: Recorder, trails: Trails, week: Week) -> None:
    """Let Config look at the last changes, and deliver what is still to be delivered."""
    calendar: Plan = sim.plan
    end = calendar.period.end
    sim.run_until(end + 1)
    _snapshot(sim, recorder, week, end, calendar.days)
    sim.run_until(end + LAST_LOOK)
    recorder.history(end + HISTORY_EVERY)
    trails.deliver_until(None)
