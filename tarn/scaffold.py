"""What a project consists of, and making one. `setup.py` reads this too: it imports no needs."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Final

from tarn.project import PACKAGED, Project

FOLDERS: Final = (
    *("models", "macros", "seeds", "analyses", "tests"),
    *("expectations", "dashboards"),
)
FILES: Final = ("dbt_project.yml", "profiles.yml", "selectors.yml")
# What was copied, by path: the SHA-256. An upgrade knows by it what people have changed since.
COPIED: Final = ".tarn-copied.json"
# pytest's, which need the tree around them.
_LEFT_OUT: Final = ("tests/python/", "tests/project/", "tests/conftest.py")
_LEFTOVERS: Final = ("__pycache__", ".DS_Store")

_IGNORED: Final = """\
# the lake, and what dbt makes
/lake/
/target/
/logs/
/dbt_packages/
.user.yml
"""


def project_files(tree: Path) -> list[str]:
    """The paths, from the tree's root, of all that a project needs."""
    found = [
        path.relative_to(tree).as_posix()
        for folder in FOLDERS
        for path in sorted((tree / folder).rglob("*"))
        if path.is_file() and not set(path.parts) & set(_LEFTOVERS)
    ]
    found = [name for name in found if not name.startswith(_LEFT_OUT)]
    return [*(name for name in FILES if (tree / name).is_file()), *found]


def source_of_projects(tree: Path) -> Path:
    """Where a new project's files come from: the wheel, or the tree that this is run from."""
    return PACKAGED if PACKAGED.is_dir() else tree


def make_project(folder: Path, source: Path) -> Project:
    """Make a project in a folder that is not there or empty: all of it or nothing.

    Raises OSError, FileExistsError for a folder that holds something.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name in project_files(source):
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, aside / name)
    (aside / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    note_copied(aside, copied_files(source))
    os.replace(aside, folder)  # noqa: PTH105  (takes the place of an empty folder too)
    return Project(folder, folder / "lake")


def copied_files(source: Path) -> dict[str, str]:
    """The SHA-256 of each file that a project is made of."""
    return {
        name: hashlib.sha256((source / name).read_bytes()).hexdigest()
        for name in project_files(source)
    }


def note_copied(folder: Path, copied: dict[str, str]) -> None:
    """Write down what a project was made of."""
    text = json.dumps(copied, indent=1, sort_keys=True) + "\n"
    (folder / COPIED).write_text(text, encoding="utf-8")
