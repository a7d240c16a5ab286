"""A build that is killed at any instant, and run again: the same tables as without.

TARN_FAULT_INSTANTS says at how many instants each scenario is killed (`make faults`: 200): at one
of its steps or, every other time, after a while, for what DuckDB does within a step. Which ones is
chosen by a seed.
"""

import json
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import copy_project
from killing import Ended, Runner, quick_folder
from lake_likeness import built_tables
from small_lakes import event, item, log, put

INSTANTS = int(os.environ.get("TARN_FAULT_INSTANTS", "0"))
ALL_BUT_TESTS = (
    *("build", "--exclude-resource-type", "test"),
    *("--exclude-resource-type", "unit_test"),
)
# In a short run only the models that replace just what is new, and those they need.
MODELS = (
    ("--select", "+int_events_deduplicated", "+int_configuration_items_deduplicated")
    if not INSTANTS
    else ()
)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    server = Runner("dbt.cli.main", "dbt.adapters.duckdb.environments.local", "building")
    yield server
    server.close()


@pytest.fixture
def folder(template: Path, runner: Runner) -> Iterator[Path]:
    """Where a project and its lakes are."""
    with quick_folder() as name:
        project = copy_project(name / "project", template)
        runner.parse(project.folder, project.root)
        (name / "source").mkdir()
        yield name


def whole(ended: Ended) -> None:
    """Fails with the error of a run that was to come to its end."""
    assert not ended.killed
    assert ended.error is None, ended.error


def deliver(source: Path, number: int) -> None:
    """One object of events and one of items, of two days; later ones repeat an event."""
    times = [{"eventTime": f"2023-07-{10 + day}T12:00:00Z"} for day in range(2)]
    records = [event(0), *(event(number * 10 + n, **times[n]) for n in range(2))]
    put(source, f"log-{number}.json.gz", log(records))
    items = {"configurationItems": [item(number * 10 + n) for n in range(2)]}
    put(source, f"items-{number}.json", json.dumps(items).encode(), zipped=False)


def kill_everywhere(runner: Runner, few: int, folder: Path, models: tuple[str, ...]) -> None:
    """Kill a build over the lake as it is, again and again; then build it to the end."""
    root, before = folder / "project" / "lake", folder / "before"
    shutil.copytree(root, before)

    def build(**kill: float | int) -> Ended:
        return runner.run("dbt", folder / "project", root, *ALL_BUT_TESTS, *models, **kill)

    # The first makes dbt's own folders, which are steps too.
    whole(build())
    right = built_tables(root)
    assert right["intermediate.int_events_deduplicated"]
    shutil.rmtree(root)
    shutil.copytree(before, root)
    started = time.monotonic()
    counted = build()
    whole(counted)
    seconds = time.monotonic() - started
    chance = random.Random(5)
    assert counted.steps
    for number in range(INSTANTS or few):
        shutil.rmtree(root)
        shutil.copytree(before, root)
        if number % 2:
            build(seconds=chance.uniform(0, seconds))
        else:
            assert build(step=chance.randrange(counted.steps)).killed
        whole(build())
        assert built_tables(root) == right


def test_a_first_build(runner: Runner, folder: Path) -> None:
    deliver(folder / "source", 0)
    whole(runner.run("ingest", folder / "project" / "lake", folder / "source"))
    kill_everywhere(runner, 1, folder, MODELS)


def test_a_later_build(runner: Runner, folder: Path) -> None:
    deliver(folder / "source", 0)
    whole(runner.run("ingest", folder / "project" / "lake", folder / "source"))
    whole(
        runner.run("dbt", folder / "project", folder / "project" / "lake", *ALL_BUT_TESTS, *MODELS)
    )
    deliver(folder / "source", 1)
    whole(runner.run("ingest", folder / "project" / "lake", folder / "source"))
    kill_everywhere(runner, 2, folder, MODELS)
