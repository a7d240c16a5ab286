"""The documentation of models, columns, macros and exposures, as one page that opens offline."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final

from tarn.build import working_in
from tarn.column_lineage import Column, column_lineage
from tarn.errors import TarnError
from tarn.lake import open_lake
from tarn.offline import sealed, write_page
from tarn.project import Project

# What dbt's page has in place of the two documents that it else asks a server for.
_PLACES: Final = {
    "manifest.json": '"MANIFEST.JSON INLINE DATA"',
    "catalog.json": '"CATALOG.JSON INLINE DATA"',
}
# An icon and an address that dbt's page names, and that are not there.
_DEAD_LINKS: Final = re.compile(r'<link rel="(?:canonical|shortcut icon)"[^>]*>')
# dbt's table of columns gives what a column is the room that is left over: a word or two.
_STYLE: Final = """<style>
td[style*="max-width: 1px"] { max-width: none !important; white-space: normal !important }
td[style*="max-width: 1px"] > span:not(.ng-hide) {
  display: -webkit-box; max-width: 17em; overflow: hidden;
  -webkit-box-orient: vertical; -webkit-line-clamp: 3 }
</style></head>"""
_ENGINES: Final = {"duckdb": "DuckDB", "trino": "Trino", "athena": "Athena"}


def build(project: Project, page: Path, report: Callable[[str], None]) -> None:
    """Write the page.

    Raises TarnError where nothing is built yet, as the types come from the tables, or dbt stops.
    """
    if not (project.root / "catalog.sqlite").is_file():
        raise TarnError(f"There is no lake in {project.root}: run `tarn build` first.")
    report("Reading the project and the tables ...")
    target = project.folder / "target"
    _generate(project)
    try:
        made = {name: json.loads((target / name).read_text("utf-8")) for name in _PLACES}
        template = (target / "index.html").read_text(encoding="utf-8")
    except OSError as error:
        raise TarnError(f"dbt made no page: {error.filename} is missing.") from error
    _describe_parts(made["manifest.json"])
    report("Following each column to those that it is made of ...")
    with working_in(project), open_lake(project.root) as lake:
        _tell_lineage(made["manifest.json"], column_lineage(made["manifest.json"], lake))
    whole = _page(template, [made[name] for name in _PLACES])
    write_page(page, whole.replace(f"{project.folder}/", "").replace(f"{project.folder}", ""))


def _generate(project: Project) -> None:
    from dbt.cli.main import dbtRunner

    with working_in(project):
        outcome = dbtRunner().invoke(["docs", "generate", "--quiet"])
    if not outcome.success:
        reason = outcome.exception or "details are in logs/dbt.log"
        raise TarnError(f"dbt cannot describe the project: {reason}")


def _page(template: str, documents: list[dict[str, Any]]) -> str:
    page = sealed(_DEAD_LINKS.sub("", template)).replace("</head>", _STYLE, 1)
    for place, document in zip(_PLACES.values(), documents, strict=True):
        if place not in page:
            raise TarnError("This version of dbt has another page of documentation: see its notes.")
        # A text of the project's must not end the script that it stands in.
        page = page.replace(place, json.dumps(document).replace("</", "<\\/"))
    return page


def _describe_parts(manifest: dict[str, Any]) -> None:
    """Describe the macros of one engine or of one file too: their names say what they are."""
    for macro in manifest["macros"].values():
        if macro["package_name"] == "tarn" and not macro["description"]:
            macro["description"] = _what_it_is(macro["name"])


def _tell_lineage(manifest: dict[str, Any], origins: Mapping[Column, Collection[Column]]) -> None:
    """Say of each column, behind its description, what it is made of and what is made of it."""
    uses: dict[Column, set[Column]] = defaultdict(set)
    for column, made_of in origins.items():
        for one in made_of:
            uses[one].add(column)
    for node in [*manifest["nodes"].values(), *manifest["sources"].values()]:
        for name, said in node["columns"].items():
            column = (node["name"], name)
            told = [said["description"]]
            if column in origins:
                told.append(f"*Made of* {_listed(origins[column]) or 'no column'}.")
            if uses[column]:
                told.append(f"*Goes into* {_listed(uses[column])}.")
            said["description"] = "\n\n".join(told)


def _listed(columns: Collection[Column]) -> str:
    return ", ".join(f"`{relation}.{name}`" for relation, name in sorted(columns))


def _what_it_is(macro: str) -> str:
    beginning, _, rest = macro.partition("__")
    if beginning in _ENGINES and rest:
        return f"`{rest}` for {_ENGINES[beginning]}."
    if beginning == "default" and rest:
        return f"`{rest}` for an engine that it has no version for: says so."
    if macro.startswith("test_"):
        return f"The generic data test `{macro.removeprefix('test_')}`."
    return "A part of the macro in whose file it stands; not called from elsewhere."
