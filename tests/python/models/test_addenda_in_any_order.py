"""Addenda and their originals, landed in any order and in two stores, build what one build does."""

import json
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from building import copy_project, made_once
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project

Dbt = Callable[..., None]

pytestmark = pytest.mark.xdist_group("addenda")

MODELS = ("int_updated_event_deliveries", "int_events_updated", "int_events_deduplicated")
Row = tuple[Any, ...]


def record(number: int, day: int, **fields: Any) -> dict[str, Any]:
    """An event of March 2026."""
    return {
        "eventVersion": "1.11",
        "eventTime": f"2026-03-{day:02}T12:00:00Z",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "awsRegion": "eu-central-1",
        "eventID": f"00000000-0000-4000-8000-{number:012}",
        "recipientAccountId": "111122223333",
        "userAgent": f"sent by {number}",
        **fields,
    }


def addendum(number: int, day: int, original: int, updated: object, **fields: Any) -> Any:
    """A record that changes another."""
    told = {"reason": "UPDATED_DATA", "originalEventID": record(original, 1)["eventID"]}
    return record(number, day, addendum={**told, "updatedFields": updated}, **fields)


# What lands at once: the store and its records.
SLICES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    # Day 2 has the original of one addendum, and an addendum to an event of day 1.
    "originals": ("one", [record(1, 1, errorCode="Denied"), record(2, 2), record(5, 3)]),
    "first addenda": (
        "one",
        [
            addendum(11, 2, 1, "userAgent", errorMessage="not named"),
            addendum(12, 4, 2, ["userAgent", "errorCode"], errorCode="Slow"),
            addendum(13, 5, 3, "userAgent, errorCode", errorCode="Denied"),
        ],
    ),
    # The second of an original that never lands, and one that clears a field.
    "second addenda": (
        "one",
        [addendum(14, 6, 3, "errorCode"), addendum(15, 4, 1, "errorCode"), record(6, 5)],
    ),
    "in another store": ("two", [addendum(16, 3, 5, "userAgent"), record(1, 1), record(6, 5)]),
}
ORDERS = [*permutations(SLICES)][5::8]
UPDATED = """
    select
        right(event_key, 2) as number, _store, day(event_date) as day, user_agent, error_code,
        error_message, is_updated, is_primary
    from intermediate.int_events_deduplicated
    order by number, _store
"""


def read(project: Project, query: str) -> list[Row]:
    """The rows of a query over a project's lake."""
    with open_lake(project.root) as lake:
        return lake.execute(query).fetchall()


def contents(project: Project) -> dict[str, list[Row]]:
    """What the models hold, but when, from where and in which batch it landed."""
    aside = "_landed_at, _batch_id, _source_object"
    return {
        model: sorted(
            read(project, f"select * exclude ({aside}) from intermediate.{model}"), key=str
        )
        for model in MODELS
    }


def land_and_build(
    project: Project, run_tarn: Callable[..., Result], dbt: Dbt, names: Sequence[str]
) -> None:
    """Land slices and build the models over them."""
    for name in names:
        store, records = SLICES[name]
        path = project.folder / f"{name}.json"
        path.write_text(json.dumps({"Records": records}), encoding="utf-8")
        landed = run_tarn(project, "ingest", path.name, "--store", store)
        assert landed.exit_code == 0, landed.output
    dbt(project, "run", "--select", "+int_events_deduplicated")


@pytest.fixture(scope="module")
def whole(
    shared_folder: Path, template: Path, run_tarn: Callable[..., Result], dbt: Dbt
) -> Project:
    """A project in which all slices were built at once."""
    folder = shared_folder / "addenda"
    project = Project(folder / "project", folder / "project" / "lake")
    with made_once(folder) as done:
        if not done:
            copy_project(project.folder, template)
            land_and_build(project, run_tarn, dbt, [*SLICES])
    return project


@pytest.mark.parametrize("order", ORDERS, ids=", then ".join)
def test_any_order_builds_what_one_build_does(
    order: tuple[str, ...],
    new_project: Project,
    run_tarn: Callable[..., Result],
    dbt: Dbt,
    whole: Project,
) -> None:
    for name in order:
        land_and_build(new_project, run_tarn, dbt, [name])
    assert contents(new_project) == contents(whole)


def test_an_event_is_what_its_addenda_make_of_it(whole: Project) -> None:
    assert read(whole, UPDATED) == [
        ("01", "one", 1, "sent by 11", None, None, True, True),
        ("01", "two", 1, "sent by 1", None, None, False, False),
        ("02", "one", 2, "sent by 12", "Slow", None, True, True),
        ("03", "one", 6, "sent by 13", None, None, True, True),
        ("05", "one", 3, "sent by 5", None, None, False, False),
        ("05", "two", 3, "sent by 16", None, None, True, True),
        ("06", "one", 5, "sent by 6", None, None, False, True),
        ("06", "two", 5, "sent by 6", None, None, False, False),
    ]
