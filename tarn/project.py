"""Where the project and its lake lie."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# In a wheel, the files that `tarn init` makes a project of.
PACKAGED: Final = Path(__file__).resolve().parent / "project_files"


@dataclass(frozen=True, slots=True)
class Project:
    """A Tarn project folder and the root of its lake."""

    folder: Path
    root: Path

    @property
    def catalogue(self) -> Path:
        """The compiled query catalogue, written by `tarn build`."""
        return self.root / "catalogue.json"

    @property
    def docs_page(self) -> Path:
        """The documentation of models and columns, made by `tarn docs`."""
        return self.root / "docs" / "index.html"

    @property
    def is_there(self) -> bool:
        """Whether the folder is a project: models, macros and seeds can be built there."""
        return _is_project(self.folder)


def find_project(start: Path, environment: Mapping[str, str]) -> Project:
    """The project that `start` lies in, else the tree that this package is run from; where there
    is neither, as after an install from a wheel, `start` itself, which is none.

    The lake root is `$TARN_ROOT`, relative to the project folder as dbt reads it, or `lake/`.
    """
    tree = Path(__file__).resolve().parent.parent
    folder = next(
        (path for path in (start, *start.parents, tree) if _is_project(path)),
        start,
    )
    return Project(folder, folder / (environment.get("TARN_ROOT") or "lake"))


def _is_project(folder: Path) -> bool:
    project = folder / "dbt_project.yml"
    return project.is_file() and project.read_text(encoding="utf-8").startswith("name: tarn\n")


def current_project() -> Project:
    """The project of the working directory and the environment of this process."""
    return find_project(Path.cwd(), os.environ)
