"""Driving dbt: one process for seeds, models, tests and the catalogue."""

import contextlib
import hashlib
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ingest.errors import IngestError
from ingest.landing import lock
from ingest.landing.layout import ensure_landing
from tarn import catalogue, declared
from tarn.errors import TarnError
from tarn.project import Project

_SOURCES: Final = ("models", "macros", "seeds", "tests", "analyses")
# What the compiled catalogue depends on.
_CATALOGUE: Final = ("models", "macros", "seeds", "analyses")
# Tests of the models' logic and of macros look at no data of the lake's: `dbt test` runs them.
# Exposures are nothing that could be built.
ON_DATA: Final = (
    *("--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure"),
    *("--exclude", "path:tests/macros"),
)
_SUCCESS: Final = frozenset({"success", "pass"})


@dataclass(frozen=True, slots=True)
class Failure:
    """A model or test that did not pass, and dbt's words for it."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    nodes_count: int
    models_count: int
    tests_count: int
    queries_count: int
    failures: tuple[Failure, ...]


def is_current(project: Project) -> bool:
    """Whether the last build that passed saw this landing and this project."""
    try:
        return _stamp(project).read_text(encoding="utf-8") == _fingerprint(project)
    except (FileNotFoundError, NotADirectoryError):
        return False


def has_other_recipe(project: Project) -> bool:
    """Whether the tables were made by other models, macros, seeds or variables than these.

    An incremental run would leave the days as they are that have no new deliveries.
    """
    try:
        return _recipe_stamp(project).read_text(encoding="utf-8") != _recipe(project)
    except (FileNotFoundError, NotADirectoryError):
        return True


def run(project: Project, *, full_refresh: bool, report: Callable[[str], None]) -> Outcome:
    """Build everything and compile the catalogue; `report` gets a line for each step.

    Raises TarnError, also where another build is at work.
    """
    started = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    command = shlex.join(["tarn", *sys.argv[1:]])
    try:
        with lock.hold(project.root, command, started, "build"):
            return _run(project, full_refresh=full_refresh, report=report)
    except IngestError as error:
        raise TarnError(str(error)) from None
    except OSError as error:
        raise TarnError(
            f"The lake in {project.root} cannot be written ({error.strerror}): mend that and run "
            "`tarn build` again; no table has been harmed."
        ) from error


def _run(project: Project, *, full_refresh: bool, report: Callable[[str], None]) -> Outcome:
    ensure_landing(project.root)
    fingerprint = _fingerprint(project)
    _stamp(project).unlink(missing_ok=True)
    recipe = _recipe(project)
    stale = has_other_recipe(project)
    if stale and (project.root / "catalog.sqlite").exists():
        _recipe_stamp(project).unlink(missing_ok=True)
    elif stale:
        _recipe_stamp(project).write_text(recipe, encoding="utf-8")
    arguments = ["build", *ON_DATA, *(["--full-refresh"] if full_refresh or stale else [])]
    # Parsing takes longer than the models of a small lake: the catalogue is compiled from the same.
    parsed = _invoke(project, ["parse", "--no-write-json"], report)
    results = _results(_invoke(project, arguments, report, parsed))
    failures = tuple(
        Failure(result.node.name, _plain(result.message or str(result.status)))
        for result in results
        if result.status not in (*_SUCCESS, "skipped")
    )
    queries = _catalogue(project, report, parsed)
    report("")
    if all(one.status in _SUCCESS for one in results if one.node.resource_type == "model"):
        _recipe_stamp(project).write_text(recipe, encoding="utf-8")
    if not failures:
        _stamp(project).write_text(fingerprint, encoding="utf-8")
    kinds = [str(result.node.resource_type) for result in results]
    return Outcome(
        nodes_count=len(kinds),
        models_count=kinds.count("model"),
        tests_count=kinds.count("test") + kinds.count("unit_test"),
        queries_count=len(queries),
        failures=failures,
    )


def _plain(message: str) -> str:
    """dbt's words for a person: without its own call stack, and with the remedy it cannot know."""
    if "out of sync" in message:
        return "the lake has this table in an older shape: run `tarn build --full-refresh`."
    lines = (line.strip() for line in message.strip().splitlines())
    return " ".join(line for line in lines if line and not line.startswith(("> in", "> called")))


def _catalogue(
    project: Project, report: Callable[[str], None], parsed: Any
) -> list[catalogue.Query]:
    """The compiled catalogue: the one that is there, if it was made from this very project."""
    made_from = _hash(
        project, ("dbt_project.yml", "profiles.yml"), _CATALOGUE, {".sql", ".yml", ".md"}
    ).hexdigest()
    if catalogue.made_from(project.catalogue) != made_from:
        catalogue.save(project.catalogue, _compile_catalogue(project, report, parsed), made_from)
    return catalogue.load(project.catalogue)


def _compile_catalogue(
    project: Project, report: Callable[[str], None], parsed: Any
) -> list[catalogue.Query]:
    variables = {"bind_parameters": True, "since": "$since", "until": "$until"}
    target = project.folder / "target" / "catalogue"
    arguments = [
        *("compile", "--select", "resource_type:analysis"),
        *("--vars", json.dumps(variables), "--target-path", str(target)),
        *("--no-write-json", "--no-populate-cache"),
    ]
    results = _results(_invoke(project, arguments, report, parsed))
    shared = declared.shared_parameters(project.folder)
    return [declared.query(result.node, shared) for result in results]


def _invoke(
    project: Project, arguments: list[str], report: Callable[[str], None], parsed: Any = None
) -> Any:
    """What a dbt command ends with; `parsed` is the manifest, if the project was parsed before."""
    from dbt.cli.main import dbtRunner

    def callback(event: Any) -> None:
        if event.info.name in {"LogStartLine", "LogModelResult", "LogTestResult"}:
            report(event.info.msg)

    with working_in(project):
        outcome = dbtRunner(manifest=parsed, callbacks=[callback]).invoke([*arguments, "--quiet"])
    if outcome.exception is not None:
        raise TarnError(f"dbt stopped: {outcome.exception}")
    return outcome.result


def _results(outcome: Any) -> Any:
    results = getattr(outcome, "results", None)
    if results is None:
        raise TarnError("dbt stopped before it ran anything. Details: logs/dbt.log.")
    return results


@contextlib.contextmanager
def working_in(project: Project) -> Iterator[None]:
    """dbt reads profiles.yml, and the lake root relative to it, from the working directory."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    folder, root = Path.cwd(), os.environ.get("TARN_ROOT")
    os.chdir(project.folder)
    # The default is left unsaid, as in a plain `dbt run`: else dbt would parse everything anew.
    if project.root == project.folder / "lake":
        os.environ.pop("TARN_ROOT", None)
    else:
        os.environ["TARN_ROOT"] = str(project.root)
    try:
        yield
    finally:
        # Else the process's next run would have this lake, were its root as relative as this one's.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        os.chdir(folder)
        os.environ.pop("TARN_ROOT", None)
        if root is not None:
            os.environ["TARN_ROOT"] = root


def _stamp(project: Project) -> Path:
    return project.root / "built"


def _recipe_stamp(project: Project) -> Path:
    return project.root / "built-by"


def _recipe(project: Project) -> str:
    """A hash over what decides what the tables hold."""
    folders = ("models", "macros", "seeds")
    return _hash(project, ("dbt_project.yml",), folders, {".sql", ".csv"}).hexdigest()


def _fingerprint(project: Project) -> str:
    """A hash over the project's sources and the names of the ledger's files."""
    settings = ("dbt_project.yml", "profiles.yml")
    digest = _hash(project, settings, _SOURCES, {".sql", ".yml", ".csv", ".md"})
    ledger = sorted((project.root / "landing" / "ledger").glob("*.parquet"))
    digest.update("\0".join(path.name for path in ledger).encode())
    return digest.hexdigest()


def _hash(
    project: Project, settings: Sequence[str], folders: Sequence[str], suffixes: Set[str]
) -> "hashlib._Hash":
    digest = hashlib.sha256()
    files = [project.folder / name for name in settings]
    for folder in folders:
        under = (project.folder / folder).rglob("*")
        files.extend(path for path in under if path.suffix in suffixes and path.is_file())
    for path in sorted(files):
        digest.update(f"{path.relative_to(project.folder)}\0".encode())
        digest.update(path.read_bytes())
    return digest
