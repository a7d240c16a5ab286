"""Each confusion that the demo makes on purpose is there, and is what its name says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

import pytest
from demo_reading import Delivered

Row = dict[str, Any]
STATE = ("account_id", "aws_region", "resource_type", "resource_id", "captured_at")


class Confusion:
    """A case with the rows and events it speaks of."""

    def __init__(self, delivered: Delivered, name: str) -> None:
        told = delivered.truth["cases"][name]
        self.delivered = delivered
        self.event_ids: list[str] = told["event_ids"]
        by_state = {tuple(row[one] for one in STATE): row for row in delivered.truth["items"]}
        self.items = [by_state[tuple(item.values())] for item in told["items"]]

    @cached_property
    def events(self) -> list[Row]:
        """The events that were delivered, in the order in which they happened."""
        known = self.delivered.events
        return [known[one] for one in self.event_ids if one in known]

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why events of the case are in no item."""
        rows = self.delivered.truth["writes_without_item"]
        return {row["event_id"]: row["reason"] for row in rows}

    def of_type(self, kind: str) -> list[Row]:
        """The items of a type, named by the end of it."""
        return [row for row in self.items if row["resource_type"].endswith(f"::{kind}")]


def _actor(event: Row) -> str:
    return json.dumps(event["userIdentity"].get("arn") or event["userIdentity"])


@pytest.fixture
def case(delivered: Delivered) -> Callable[[str], Confusion]:
    return lambda name: Confusion(delivered, name)


Ask = Callable[[str], Confusion]


def _each_exactly_once(confusion: Confusion) -> None:
    """One event, one item, in both directions."""
    assert Counter(row["match_kind"] for row in confusion.items) == {"exact": len(confusion.items)}
    shown = [row["caused_by"][0] for row in confusion.items]
    assert sorted(shown) == sorted(confusion.event_ids)


def test_one_name_is_borne_by_seven_types(case: Ask) -> None:
    confusion = case("equal_names_of_types")
    _each_exactly_once(confusion)
    assert len({row["resource_name"] for row in confusion.items}) == 1
    assert len({row["resource_type"] for row in confusion.items}) == 7


def test_one_name_is_borne_in_two_accounts_and_regions(case: Ask) -> None:
    confusion = case("equal_names_in_accounts")
    _each_exactly_once(confusion)
    places = {(row["account_id"], row["aws_region"]) for row in confusion.of_type("Queue")}
    assert len(places) == 4
    assert len({row["resource_name"] for row in confusion.items}) == 1
    for row in confusion.items:
        event = confusion.delivered.events[row["caused_by"][0]]
        assert event["recipientAccountId"] == row["account_id"]


def test_others_make_again_what_was_deleted(case: Ask) -> None:
    confusion = case("made_again_by_another")
    _each_exactly_once(confusion)
    lives = defaultdict(list)
    for row in confusion.items:
        event = confusion.delivered.events[row["caused_by"][0]]
        lives[row["resource_type"]].append((row["change_kind"], _actor(event)))
    assert len(lives) == 5
    for (ended, who_ended), (begun, who_began) in lives.values():
        assert ended == "deleted"
        assert begun in ("recreated", "created")
        assert who_ended != who_began


def test_ids_are_in_responses_alone(case: Ask) -> None:
    confusion = case("id_only_in_the_response")
    for row in confusion.items:
        if row["change_kind"] == "created":
            event = confusion.delivered.events[row["caused_by"][0]]
            assert row["resource_id"] in json.dumps(event["responseElements"])
            assert row["resource_id"] not in json.dumps(event["requestParameters"])
    kinds = {row["resource_type"] for row in confusion.items if row["change_kind"] == "created"}
    assert len(kinds) == 6


def test_calls_name_what_others_change(case: Ask) -> None:
    confusion = case("named_in_passing")
    named = 0
    for row in confusion.items:
        name = row["resource_name"] or row["resource_id"]
        causes = {_actor(confusion.delivered.events[one]) for one in row["caused_by"]}
        others = [event for event in confusion.events if event["eventID"] not in row["caused_by"]]
        named += sum(
            name in json.dumps(event["requestParameters"]) and _actor(event) not in causes
            for event in others
        )
    assert named >= 4


def test_an_alias_names_a_key_without_changing_it(case: Ask) -> None:
    confusion = case("kms_alias")
    made, described, _ = confusion.event_ids
    assert confusion.reasons[made] == "not_shown"
    assert [row["caused_by"] for row in confusion.of_type("Key")] == [[described]]
    [queue] = confusion.of_type("Queue")
    assert queue["match_kind"] == "exact"


def test_one_call_makes_and_tags_several(case: Ask) -> None:
    launch = case("several_instances")
    assert [row["match_kind"] for row in launch.of_type("Instance")] == ["exact"] * 3
    assert len(launch.event_ids) == 1
    tagging = case("tags_on_several")
    assert len(tagging.event_ids) == 1
    assert len(tagging.items) == 5
    assert {row["resource_type"].split("::")[-1] for row in tagging.items} == {
        "Instance", "SecurityGroup", "Subnet",
    }  # fmt: skip


def test_a_service_acts_in_somebodys_name(case: Ask) -> None:
    confusion = case("through_a_service")
    _each_exactly_once(confusion)
    who = [
        (_actor_name(event), event["userIdentity"].get("invokedBy")) for event in confusion.events
    ]
    service = "cloudformation.amazonaws.com"
    assert who == [
        ("carol", None), ("carol", service), ("carol", service), ("dan", None), ("dan", service),
    ]  # fmt: skip
    for event in confusion.events:
        is_through = event["userIdentity"].get("invokedBy") == service
        assert (event["sourceIPAddress"] == service) is is_through


def _actor_name(event: Row) -> str:
    name: str = event["userIdentity"]["arn"].rpartition("/")[2]
    return name.partition("@")[0]


def test_two_accounts_see_one_call(case: Ask) -> None:
    confusion = case("seen_by_two_accounts")
    callers, owners = confusion.events
    assert callers["sharedEventID"] == owners["sharedEventID"]
    assert confusion.reasons == confusion.reasons | {callers["eventID"]: "seen_elsewhere"}
    [item] = confusion.items
    assert item["caused_by"] == [owners["eventID"]]
    assert item["account_id"] == owners["recipientAccountId"] != callers["recipientAccountId"]


def test_the_same_set_again_is_no_cause(case: Ask) -> None:
    confusion = case("same_again_beside_change")
    same, changes = confusion.event_ids[::2], confusion.event_ids[1::2]
    assert {confusion.reasons[one] for one in same} == {"no_change"}
    assert sorted(row["caused_by"] for row in confusion.items) == sorted([one] for one in changes)


def test_what_was_undone_is_no_cause(case: Ask) -> None:
    confusion = case("undone_before_capture")
    [item] = confusion.items
    assert item["match_kind"] == "exact"
    undone = set(confusion.event_ids) - set(item["caused_by"])
    assert len(undone) == 6
    assert {confusion.reasons[one] for one in undone} == {"undone"}


def test_several_people_share_an_item(case: Ask) -> None:
    confusion = case("merged_of_two")
    assert len(confusion.items) == 3
    daily = case("recorded_daily")
    assert len(daily.items) == 1
    for row in (*confusion.items, *daily.items):
        assert row["match_kind"] == "shared"
        events = [confusion.delivered.events[one] for one in row["caused_by"]]
        assert len({_actor(event) for event in events}) == len(events) > 1


def test_what_is_opened_to_everybody_shows_where(case: Ask) -> None:
    confusion = case("made_public")
    _each_exactly_once(confusion)
    states = {(row["resource_id"], row["captured_at"]) for row in confusion.items}
    paths = {
        row["property_path"]
        for row in confusion.delivered.truth["property_changes"]
        if (row["resource_id"], row["captured_at"]) in states
    }
    statement = "Policy.Statement[Sid=publisher]"
    assert paths == {
        *(f"PublicAccessBlockConfiguration.{one}" for one in (
            "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets",
        )),
        "AccessControlList.grantList[]", "ipPermissions[]", statement,
        f"{statement}.Principal.Service", f'{statement}.Condition.ArnLike.["aws:SourceArn"]',
    }  # fmt: skip


def test_neighbours_change_in_relationships_alone(case: Ask) -> None:
    confusion = case("neighbours_only")
    for kind in ("SecurityGroup", "Subnet", "VPC"):
        rows = confusion.of_type(kind)
        assert {(row["change_kind"], row["match_kind"]) for row in rows} == {
            ("relationship_only", "indirect")
        }
        assert {via["resource_type"] for row in rows for via in row["indirect_via"]} == {
            "AWS::EC2::Instance"
        }
    [_, ended] = confusion.of_type("NetworkInterface")
    assert (ended["change_kind"], ended["match_kind"]) == ("deleted", "indirect")


def test_what_happened_in_the_lost_hour_has_no_event(case: Ask) -> None:
    confusion = case("lost_hour")
    [half] = confusion.of_type("Bucket")
    assert half["match_kind"] == "exact"
    assert len(half["undelivered_causes"]) == 1
    rest = [row for row in confusion.items if row is not half]
    assert len(rest) == 3
    for row in rest:
        assert row["match_kind"] == "none"
        assert len(row["undelivered_causes"]) == 1


def test_services_change_things_without_an_event(case: Ask) -> None:
    confusion = case("changed_by_service")
    assert len(confusion.items) == 3
    for row in confusion.items:
        assert (row["change_kind"], row["match_kind"]) == ("modified", "none")
        assert row["undelivered_causes"] == []


def test_what_aws_rewrites_is_marked(case: Ask) -> None:
    changes = defaultdict(list)
    for row in case("volatile_alone").delivered.truth["property_changes"]:
        changes[(row["resource_id"], row["captured_at"])].append(row)
    alone = case("volatile_alone").items
    assert {row["change_kind"] for row in alone} == {"volatile_only"}
    assert not any(changes[(row["resource_id"], row["captured_at"])] for row in alone)
    [beside] = case("volatile_beside_change").items
    marks = {
        row["property_path"]: row["is_volatile"]
        for row in changes[(beside["resource_id"], beside["captured_at"])]
    }
    assert marks == {"latestRestorableTime": True, "backupRetentionPeriod": False}


def test_another_order_is_a_repeat(case: Ask) -> None:
    [row] = case("order_only").items
    assert row["change_kind"] == "repeat"
    bodies: list[Row] = []
    for _, item in case("order_only").delivered.items:
        if item["resourceId"] == row["resource_id"] and item["configuration"] not in bodies:
            bodies.append(item["configuration"])
    assert len(bodies) == 2
    one, other = (body.pop("attachedManagedPolicies") for body in bodies)
    assert bodies[0] == bodies[1]
    assert one == other[::-1]


def test_snapshots_are_without_what_is_missing(delivered: Delivered) -> None:
    rows = delivered.truth["missing_from_snapshot"]
    assert {len(row["caused_by"]) for row in rows} == {0, 1}
    snapshots = defaultdict(set)
    for path, item in delivered.items:
        if "/ConfigSnapshot/" in path:
            snapshots[path].add(item["resourceId"])
    order = sorted(snapshots, key=lambda path: path.rpartition("ConfigSnapshot_")[2])
    for row in rows:
        same_place = row["snapshot_path"].partition("/2026/")[0]
        paths = [path for path in order if path.startswith(same_place)]
        is_there = [row["resource_id"] in snapshots[path] for path in paths]
        assert is_there[0]
        assert not is_there[-1]
        assert all(one or not other for one, other in pairwise(is_there))
        assert paths[is_there.index(False)] == row["snapshot_path"]
        assert not [
            item
            for _, item in delivered.items
            if item["resourceId"] == row["resource_id"] and item["configuration"] is None
        ]


def test_late_events_are_shown_all_the_same(case: Ask) -> None:
    confusion = case("late_events")
    _each_exactly_once(confusion)
    assert set(confusion.event_ids) <= set(confusion.delivered.truth["late_event_ids"])


def test_delays_lean_on_nothing(delivered: Delivered) -> None:
    waits = defaultdict(list)
    for row in delivered.truth["items"]:
        if row["match_kind"] == "exact" and row["resource_type"] != "AWS::DynamoDB::Table":
            event = delivered.events[row["caused_by"][0]]
            waits[row["resource_type"]].append(_seconds(event["eventTime"], row["captured_at"]))
    everything = [wait for listed in waits.values() for wait in listed]
    assert min(everything) < 30
    assert 15 * 60 < max(everything) <= 20 * 60
    daily = [
        _seconds(delivered.events[one]["eventTime"], row["captured_at"])
        for row in delivered.truth["items"]
        if row["resource_type"] == "AWS::DynamoDB::Table" and row["aws_region"] == "eu-west-1"
        for one in row["caused_by"]
    ]
    assert max(daily) > 12 * 3600


def _seconds(event_time: str, captured_at: str) -> float:
    captured, happened = (datetime.fromisoformat(one) for one in (captured_at, event_time))
    return (captured - happened).total_seconds()
