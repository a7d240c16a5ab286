"""Data Docs: pages of the runs that open offline and ask for nothing.

Pages of our own over great-expectations' results: its templates load scripts, styles and a logo
from hosts of others (docs/decisions/0041-data-docs-of-our-own.md).
"""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tarn.checks.results import Run, kept
from tarn.checks.state import FOLDER
from tarn.project import Project

DOCS: Final = f"{FOLDER}/docs"
_LISTED: Final = 200


def write_docs(project: Project) -> Path:
    """Write the pages anew from the runs that are kept; the first page. Raises OSError."""
    folder = project.root / DOCS
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    runs = kept(project.root)
    site = project.docs_page
    for run in runs:
        page = folder / "runs" / f"{run.run_id}.html"
        if run is runs[0] or not page.exists():
            _write(page, "run.html.j2", run=run, models=_way(page, site), is_run=True)
    first = folder / "index.html"
    latest = _latest(runs)
    _write(first, "index.html.j2", runs=runs[:_LISTED], latest=latest, models=_way(first, site))
    return first


def _latest(runs: list[Run]) -> list[dict[str, Any]]:
    """What came last of every suite, with the run that it was in."""
    found: dict[str, dict[str, Any]] = {}
    for run in runs:
        for suite in run.suites:
            found.setdefault(suite["suite_name"], {**suite, "run": run})
    return [found[name] for name in sorted(found, key=lambda name: (found[name]["success"], name))]


def _write(path: Path, template: str, **values: Any) -> None:
    from jinja2 import Environment, FunctionLoader

    folder = files("tarn.checks") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = lambda number: f"{number:,}"
    environment.filters["docs_link"] = _docs_link
    aside = path.with_suffix(".new")
    aside.write_text(environment.get_template(template).render(values), encoding="utf-8")
    aside.replace(path)


def _way(page: Path, site: Path) -> str | None:
    """The way from a page to the page of `tarn docs`, null where it has not been made."""
    if not site.is_file():
        return None
    return quote(os.path.relpath(site.resolve(), page.parent.resolve()))


def _docs_link(name: str, site: str) -> str:
    """The place of a model or source, by dbt's name of it, in the page of `tarn docs`."""
    return f"{site}#!/{name.split('.')[0]}/{name}"
