"""Everyday traffic: fills each hour of each place up to its share."""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from random import Random

from demo import events, identities, organization
from demo.answers import answered
from demo.calls import Call, Caller, Failure, Json, Place
from demo.clock import DAY, HOUR, MINUTE, SECOND
from demo.ids import Ids, stable_hex
from demo.log import LoggedEvent
from demo.options import Options
from demo.organization import AUDITOR, HOME_REGION, PEOPLE, ROOT
from demo.plan import Plan
from demo.reads import KINDS, Kind, Known
from demo.resources import buckets, functions, instances, keys, roles, users
from demo.simulation import Simulation
from demo.trails import SLOT, SLOTS_AN_HOUR, Trails

FAILING = 0.06
# By this hour everybody has a new session; before it, yesterday's goes on.
SESSIONS_BEGIN = 9
# Records in the hours in which files break, so that there is something to break.
ENOUGH_TO_BREAK = 24
# Hours whose events make room for the activity: none breaks, is copied or comes late in them.
QUIET = range(19, 22)
# Traffic by hour of the day: quiet nights, busy afternoons.
DAILY = (2, 2, 1, 1, 1, 2, 3, 5, 7, 8, 9, 9, 8, 9, 9, 9, 8, 7, 5, 4, 3, 3, 2, 2)

_EVERYWHERE = list(KINDS)
_HOME_CUMULATED = list(accumulate(kind.weight for kind in KINDS))
_REGIONAL = [kind for kind in KINDS if not kind.is_global]
_REGIONAL_CUMULATED = list(accumulate(kind.weight for kind in _REGIONAL))


class Background:
    """Writes everything that the stories don't."""

    def __init__(self, options: Options, plan: Plan, trails: Trails) -> None:
        self._options = options
        self._plan = plan
        self._trails = trails
        self._random = Random(f"{options.seed}/background")
        self._ids = Ids(Random(f"{options.seed}/background-ids"))
        self._left_out = 0

    def fill(self, sim: Simulation, day: int, wanted: int, left_out: int) -> None:
        """Add so many events to a day that begins at `day`, and deliver hour by hour.

        Of the wanted ones some are drawn and left out: others stand in their place.
        """
        self._left_out = left_out
        places = organization.places(self._options)
        shares = [
            hour_share * weight / sum(DAILY)
            for hour_share in DAILY
            for weight in organization.weights(self._options)
        ]
        ends = [round(wanted * share) for share in accumulate(shares)]
        counts = [end - start for start, end in zip([0, *ends], ends, strict=False)]
        known = {place: _known(sim, place) for place in places}
        for hour in range(24):
            if hour in (0, SESSIONS_BEGIN):
                callers = {place: _callers(place, day + hour * HOUR) for place in places}
            start = day + hour * HOUR
            for number, place in enumerate(places):
                count = counts[hour * len(places) + number]
                if place == self._plan.broken_place and self._plan.broken.holds(start):
                    count = max(count, ENOUGH_TO_BREAK)
                self._hour(place, start, count, known[place], callers[place])
            self._trails.deliver_until(start + HOUR)

    def _hour(
        self, place: Place, start: int, count: int, known: Known, callers: dict[str, list[Caller]]
    ) -> None:
        slots = self._slots(place, start, count)
        kinds, cumulated = _EVERYWHERE, _HOME_CUMULATED
        if place.region != HOME_REGION:
            kinds, cumulated = _REGIONAL, _REGIONAL_CUMULATED
        is_lost = self._plan.is_lost(place, start)
        for kind in self._random.choices(kinds, cum_weights=cumulated, k=count):
            slot = self._random.choice(slots)
            moment = slot * SLOT + self._random.randrange(SLOT // SECOND) * SECOND
            caller = self._random.choice(callers[kind.who])
            call = answered(self._call(kind, caller, known), caller, place, moment)
            record = events.record(self._ids, place, moment, caller, call)
            if self._left_out and start % DAY // HOUR in QUIET:
                self._left_out -= 1
                continue
            self._trails.take(
                LoggedEvent(
                    event_id=record["eventID"],
                    moment=moment,
                    place=place,
                    body=events.encode(record),
                    is_lost=is_lost,
                    is_background=True,
                )
            )

    def _slots(self, place: Place, start: int, count: int) -> list[int]:
        """As few deliveries as the size of files allows; those of stories come first."""
        first = start // SLOT
        slots = self._trails.busy_slots(place, start)
        wanted = min(SLOTS_AN_HOUR, max(1, ceil(count / self._options.events_per_file)))
        if place == self._plan.broken_place and self._plan.broken.holds(start):
            wanted = max(2, wanted)
        free = [slot for slot in range(first, first + SLOTS_AN_HOUR) if slot not in slots]
        missing = max(0, wanted - len(slots))
        return slots + self._random.sample(free, min(missing, len(free)))

    def _call(self, kind: Kind, caller: Caller, known: Known) -> Call:
        if kind.name == "ConsoleLogin":
            return _console_login(self._random, caller)
        call = Call(kind.service, kind.name, kind.ask(self._random, known), None, kind.read_only)
        if kind.failure is not None and self._random.random() < FAILING:
            return call.refused(kind.failure)
        return call


def _console_login(random: Random, caller: Caller) -> Call:
    has_failed = random.random() < 0.1
    mfa = "No" if caller.identity["type"] == "Directory" else "Yes"
    data: Json = {
        "LoginTo": "https://console.aws.amazon.com/console/home",
        "MobileVersion": "No",
        "MFAUsed": mfa,
    }
    failure = Failure("", "Failed authentication") if has_failed else None
    response = {"ConsoleLogin": "Failure" if has_failed else "Success"}
    return Call(
        "signin", "ConsoleLogin", None, response, False, (),
        "signin.aws.amazon.com", "AwsConsoleSignIn", {"additionalEventData": data}, failure,
    )  # fmt: skip


def _known(sim: Simulation, place: Place) -> Known:
    home = Place(place.account_id, HOME_REGION)
    return Known(
        buckets=sim.alive(buckets.TYPE, place),
        roles=sim.alive(roles.TYPE, home),
        users=sim.alive(users.TYPE, home),
        keys=sim.alive(keys.TYPE, place),
        instances=sim.alive(instances.TYPE, place),
        functions=sim.alive(functions.TYPE, place),
    )


def _callers(place: Place, moment: int) -> dict[str, list[Caller]]:
    account_id = place.account_id
    people = [actor.caller(account_id, moment) for actor in (*PEOPLE, AUDITOR)]
    other = stable_hex(12, "outside").translate(str.maketrans("abcdef", "123456"))
    outside = "192.0.2.140"
    return {
        "people": people,
        "config": [_linked(account_id, "AWSServiceRoleForConfig", "config", moment)],
        "app": [_app(account_id, name, moment) for name in ("orders-api", "search-worker", "etl")],
        "service": [
            Caller(identities.aws_service(name), f"{name}.amazonaws.com", f"{name}.amazonaws.com")
            for name in ("ec2", "lambda", "ecs-tasks", "autoscaling")
        ],
        "stranger": [
            Caller(identities.aws_account(other, stable_hex(20, "x")), outside, organization.BOTO)
        ],
        "saml": [_from_office(identities.saml_user("grace"))],
        "web": [_from_office(identities.web_identity_user("token.example.com", "ci-runner"))],
        "role": [Caller(identities.role_itself(account_id, "lake-reader"), outside, "athena")],
        "center": [_from_office(identities.identity_center_user(account_id, "heidi"))],
        "unknown": [_from_office(identities.unknown(account_id, "ivan@example.com"))],
        "directory": [_from_office(identities.directory(account_id, "judy"))],
        "login": [
            _signing_in(people[0]),
            _signing_in(ROOT.caller(account_id, moment)),
            _from_office(identities.directory(account_id, "judy")),
        ],
    }


def _signing_in(caller: Caller) -> Caller:
    """The same person before there is a session."""
    identity = dict(caller.identity)
    identity.pop("accessKeyId", None)
    identity.pop("sessionContext", None)
    return Caller(identity, caller.address, caller.agent)


def _from_office(identity: Json) -> Caller:
    return Caller(identity, "203.0.113.5", organization.CONSOLE)


def _app(account_id: str, role: str, moment: int) -> Caller:
    session = "i-0" + stable_hex(16, account_id, role)
    identity = identities.assumed_role(
        account_id, role, session, moment - DAY // 3, ec2RoleDelivery="2.0"
    )
    address = f"198.51.100.{100 + int(stable_hex(2, role), 16) % 100}"
    return Caller(identity, address, organization.BOTO)


def _linked(account_id: str, role: str, service: str, moment: int) -> Caller:
    path = f"/aws-service-role/{service}.amazonaws.com/"
    started = moment // HOUR * HOUR - 15 * MINUTE
    identity = identities.assumed_role(account_id, role, "configLambdaExecution", started, path)
    return Caller(identity, "", "").through(service)
