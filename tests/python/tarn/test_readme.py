"""The README's commands, run as they stand there."""

import re
import subprocess
from pathlib import Path

import pytest
from building import REPOSITORY
from wheels import install

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


def test_make_and_make_test_come_first() -> None:
    first = [line.split("#")[0].strip() for line in BLOCKS[0].splitlines()]
    assert first == ["make", "make test"]


@pytest.mark.parametrize("block", BLOCKS[1:])
def test_commands_work_as_they_stand(
    block: str, shared_folder: Path, tmp_path: Path, organization: Path
) -> None:
    """By the installed wheel, in a project that `tarn init` has made, whose folder `deliveries`
    holds the demo organization's. Plain dbt builds, tests and documents it where nothing has landed
    yet: the lake of the other commands is another."""
    installed = install(shared_folder)
    made = installed.run(tmp_path, "tarn", "init", "project")
    assert made.returncode == 0, made.stderr
    (tmp_path / "project" / "deliveries").symlink_to(organization / "deliveries")
    # Exit code 3: done, and some objects were quarantined, as the demo organization means it.
    script = block.replace("tarn ingest deliveries", "tarn ingest deliveries || [ $? -eq 3 ]")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path / "project",
        env=installed.variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_relation_it_names_is_a_model() -> None:
    table = README.split("## What can be asked")[1].split("##")[0]
    named = set(re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE))
    models = {
        path.stem
        for folder in ("marts", "event_data_stores")
        for path in (REPOSITORY / "models" / folder).rglob("*.sql")
    }
    assert named == models
