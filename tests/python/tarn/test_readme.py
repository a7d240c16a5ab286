"""The README's commands, run as they stand there."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from building import REPOSITORY, run_dbt
from wheels import install

from tarn.project import Project

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MAKE, TARN, DBT = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


def test_make_and_make_test_come_first() -> None:
    first = [line.split("#")[0].strip() for line in MAKE.splitlines()]
    assert first == ["make", "make test"]


def test_commands_of_tarn_work_as_they_stand(
    shared_folder: Path, tmp_path: Path, small_deliveries: Path
) -> None:
    """By the installed wheel, in a project that `tarn init` has made, whose folder `deliveries`
    holds a small organization's."""
    installed = install(shared_folder)
    made = installed.run(tmp_path, "tarn", "init", "project")
    assert made.returncode == 0, made.stderr
    (tmp_path / "project" / "deliveries").symlink_to(small_deliveries)
    # Exit code 3: done, and some objects were quarantined, as the demo organization means it.
    script = TARN.replace("tarn ingest deliveries", "tarn ingest deliveries || [ $? -eq 3 ]")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path / "project",
        env=installed.variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_plain_dbt_builds_tests_and_documents_where_nothing_has_landed(
    new_project: Project, parsed: Any
) -> None:
    for line in DBT.splitlines():
        command, *arguments = line.split()
        assert command == "dbt"
        run_dbt(new_project, *arguments, parsed=parsed)
    target = new_project.folder / "target"
    page = (target / "static_index.html").read_text(encoding="utf-8")
    documented = json.loads((target / "catalog.json").read_text(encoding="utf-8"))["nodes"]
    folder = new_project.folder / "models"
    sources = {path.stem: path.read_text("utf-8") for path in folder.rglob("*.sql")}
    models = set(sources)
    # dbt's catalogue is of what is in the lake.
    assert {name for name in models if "materialized='ephemeral'" not in sources[name]} <= {
        name.rsplit(".", 1)[-1] for name, node in documented.items() if node["columns"]
    }
    assert [name for name in models if f'"model.tarn.{name}"' not in page] == []


def test_every_relation_it_names_is_a_model() -> None:
    table = README.split("## What can be asked")[1].split("##")[0]
    named = set(re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE))
    models = {
        path.stem
        for folder in ("marts", "event_data_stores")
        for path in (REPOSITORY / "models" / folder).rglob("*.sql")
    }
    assert named == models
