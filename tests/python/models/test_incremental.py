"""Slices in any order build the same tables as everything at once."""

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from building import copy_project, made_once
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project

Dbt = Callable[..., None]

TABLES = (
    *("intermediate.int_events_deduplicated", "intermediate.int_configuration_items_deduplicated"),
    *("intermediate.int_configuration_versions", "intermediate.int_coverage"),
    *("intermediate.int_updated_event_deliveries", "intermediate.int_events_updated"),
    *("intermediate.int_events_counted", "intermediate.int_change_causes"),
    *("intermediate.int_bucket_encryption_requests", "intermediate.int_snapshot_items"),
    *("intermediate.int_writes", "intermediate.int_write_texts"),
    *("fct_bucket_encryption_changes", "fct_resource_creations", "dim_resources"),
    *("fct_configuration_changes", "fct_configuration_property_changes"),
    *("fct_change_attributions", "fct_unattributed_events"),
)
# When and in which batch a record landed is not the same; what it says and where it came from is.
NOT_COMPARED = {"_landed_at", "_batch_id", "_source_object", "snapshot_object"}
SLICES = 3
# What keeps rows of earlier builds; everything else is made of it anew by every build.
KEEPING = ("+config.materialized:incremental",)
COMPARED = tuple(f"+{table.rpartition('.')[2]}" for table in TABLES)


def contents(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table as a sorted multiset."""
    found = {}
    with open_lake(project.root) as lake:
        for table in TABLES:
            columns = [row[0] for row in lake.execute(f"describe {table}").fetchall()]
            kept = ", ".join(f'"{name}"' for name in columns if name not in NOT_COMPARED)
            found[table] = sorted(lake.execute(f"select {kept} from {table}").fetchall(), key=str)
    return found


def land(
    project: Project, run_tarn: Callable[..., Result], files: Sequence[Path], root: Path
) -> None:
    """Put some more of the deliveries into the project's inbox and land them."""
    for path in files:
        target = project.root.parent / "inbox" / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    landed = run_tarn(project, "ingest", str(project.root.parent / "inbox"))
    assert landed.exit_code in (0, 3), landed.output


@pytest.fixture(scope="module")
def whole(
    shared_folder: Path,
    template: Path,
    small_deliveries: Path,
    run_tarn: Callable[..., Result],
    dbt: Dbt,
) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of one full build."""
    folder = shared_folder / "whole"
    project = Project(folder / "project", folder / "project" / "lake")
    with made_once(folder) as done:
        if not done:
            copy_project(project.folder, template)
            files = [path for path in sorted(small_deliveries.rglob("*")) if path.is_file()]
            land(project, run_tarn, files, small_deliveries)
            dbt(project, "run", "--select", *COMPARED)
    return contents(project)


def test_slices_in_any_order_build_what_a_full_build_does(
    small_deliveries: Path,
    new_project: Project,
    run_tarn: Callable[..., Result],
    dbt: Dbt,
    whole: dict[str, list[tuple[Any, ...]]],
) -> None:
    files = [path for path in sorted(small_deliveries.rglob("*")) if path.is_file()]
    random.Random(1).shuffle(files)
    for number in range(SLICES):
        land(new_project, run_tarn, files[number::SLICES], small_deliveries)
        dbt(new_project, "run", "--select", *(KEEPING if 0 < number < SLICES - 1 else COMPARED))
    built = contents(new_project)
    for table in TABLES:
        assert built[table] == whole[table], table
    assert built["fct_bucket_encryption_changes"]
