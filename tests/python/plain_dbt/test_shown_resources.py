"""Versions of resources are made anew where new items show them, or where the rules are others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from ingest.landing.layout import EMPTY, LANDING
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("shown-resources")

ALL = ("run", "--select", "+int_configuration_versions")
TABLES = ("int_configuration_states", "int_configuration_versions")


def kept(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    with open_lake(project.root) as lake:
        return {
            table: sorted(lake.execute(f"from lake.intermediate.{table}").fetchall(), key=repr)
            for table in TABLES
        }


@pytest.fixture
def early(
    new_project: Project,
    small_deliveries: Path,
    run_tarn: Callable[..., Result],
    dbt: Callable[..., None],
) -> Project:
    """Two of the three days built, and the third landed."""
    for is_third in (False, True):
        found = [
            path
            for path in small_deliveries.glob("**/Config/**/*.gz")
            if ("2026/3/4/" in str(path)) == is_third
        ]
        assert found
        assert run_tarn(new_project, "ingest", *map(str, found)).exit_code in (0, 3)
        if not is_third:
            dbt(new_project, *ALL)
    return new_project


@pytest.mark.parametrize(
    "run",
    [
        ("int_configuration_versions",),
        ("+int_configuration_versions", "--exclude", "int_configuration_comparisons"),
        ("+int_configuration_versions", "--exclude", "int_configuration_items_deduplicated"),
    ],
    ids=["none before it", "all but one", "all but the items"],
)
def test_a_run_that_left_something_out_is_made_good(
    run: tuple[str, ...], early: Project, dbt: Callable[..., None]
) -> None:
    before = kept(early)
    dbt(early, "run", "--select", *run)
    dbt(early, *ALL)
    found = kept(early)
    dbt(early, *ALL, "--full-refresh")
    assert found == kept(early)
    assert found != before


def test_other_volatile_properties_make_other_versions(
    early: Project, dbt: Callable[..., None]
) -> None:
    dbt(early, *ALL)
    before = kept(early)
    with open_lake(early.root, read_only=False) as lake:
        lake.execute("delete from lake.reference.volatile_properties")
    dbt(early, *ALL)
    found = kept(early)
    dbt(early, *ALL, "--full-refresh")
    assert found == kept(early)
    assert found["int_configuration_versions"] != before["int_configuration_versions"]


def test_what_files_that_were_given_up_showed_goes(
    early: Project, dbt: Callable[..., None], run_tarn: Callable[..., Result]
) -> None:
    dbt(early, *ALL)
    before = kept(early)
    files = sorted((early.root / LANDING).glob("configuration_items/**/*.parquet"))
    next(path for path in files if path.name != EMPTY).write_bytes(b"no parquet")
    settled = run_tarn(early, "status", "--verify", "--repair")
    assert settled.exit_code == 0, settled.output
    dbt(early, *ALL)
    found = kept(early)
    dbt(early, *ALL, "--full-refresh")
    assert found == kept(early)
    assert found["int_configuration_versions"] != before["int_configuration_versions"]
