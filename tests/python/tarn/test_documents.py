"""The documents: made anew where they are made, every link leads somewhere, every command runs."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from building import REPOSITORY, run_dbt
from click.testing import Result

from docs.lake_columns import LAKE_COLUMNS
from docs.pages import pages
from tarn.cli import main
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("documents")

Command = Callable[..., Result]
DOCUMENTS = [*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").rglob("*.md"))]
# Run, and looked at more closely, by tests of their own.
RUN_ELSEWHERE = {"tarn dashboards": "test_board.py"}


def words(path: Path) -> str:
    """A document without what stands in it as code."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(`+).*?\1", "", text)


def anchors(path: Path) -> set[str]:
    """What a link may name behind `#`: the headings, as they are shown in an address."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(language: str) -> Iterator[tuple[str, str]]:
    """Each command of the blocks of a language, with the document that it stands in."""
    for path in DOCUMENTS:
        if path.name != "README.md" or path.parent != REPOSITORY:
            fenced = re.compile(rf"^```{language}\n(.*?)^```", re.DOTALL | re.MULTILINE)
            blocks = fenced.findall(path.read_text(encoding="utf-8"))
            for line in "".join(blocks).replace("\\\n", " ").splitlines():
                command = line.split(" #")[0].strip()
                if command.split(" ")[0] in ("tarn", "dbt"):
                    yield path.name, command


@pytest.mark.parametrize("name", pages())
def test_a_page_that_is_made_is_as_it_would_be_made_now(name: str) -> None:
    """Else: `make pages`."""
    assert (REPOSITORY / name).read_text(encoding="utf-8") == pages()[name]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(path: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", words(path)):
        name, _, anchor = target.partition("#")
        if re.match(r"https://", target):
            continue
        there = path.parent / name if name else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [REPOSITORY / "README.md"]
    while waiting:
        path = waiting.pop().resolve()
        if path not in reached and path.suffix == ".md":
            reached.add(path)
            links = re.findall(r"\]\(([^)\s#]+)", words(path))
            waiting += [path.parent / link for link in links if (path.parent / link).is_file()]
    assert [path.name for path in DOCUMENTS if path.resolve() not in reached] == []


def test_lakes_types_are_those_of_the_event_data_stores(described_columns: dict[str, str]) -> None:
    wrong = {
        f"{model}.{column}": lake_type
        for model, columns in LAKE_COLUMNS.items()
        for column, lake_type in columns.items()
        if described_columns.get(f"{model}.{column}") != in_duckdb(lake_type)
    }
    assert wrong == {}


@pytest.fixture(scope="module")
def described_columns() -> dict[str, str]:
    """The type that the project says each column of the event data stores has."""
    import yaml

    path = REPOSITORY / "models" / "event_data_stores" / "_event_data_stores__models.yml"
    return {
        f"{model['name']}.{column['name']}": column["data_type"].replace('"', "")
        for model in yaml.safe_load(path.read_text("utf-8"))["models"]
        for column in model["columns"]
    }


def in_duckdb(lake_type: str) -> str:
    """A type of Lake's as DuckDB writes it."""
    if lake_type.startswith("array<"):
        return in_duckdb(lake_type[6:-1]) + "[]"
    if lake_type.startswith("map<"):
        return "map(varchar, varchar)"
    if lake_type.startswith("struct<"):
        fields = (field.partition(":") for field in _parts(lake_type[7:-1]))
        return f"struct({', '.join(f'{name} {in_duckdb(kind)}' for name, _, kind in fields)})"
    return lake_type.replace("string", "varchar")


def _parts(fields: str) -> list[str]:
    """The fields of a struct, cut at the commas that are in no brackets."""
    parts, depth = [""], 0
    for sign in fields:
        depth += (sign == "<") - (sign == ">")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


# ---------- commands


@pytest.fixture(scope="module")
def workplace(
    built: Project, organization: Path, tmp_path_factory: pytest.TempPathFactory
) -> Project:
    """A project as the documents take it for granted: built, its deliveries in `deliveries`."""
    folder = tmp_path_factory.mktemp("workplace") / "project"
    shutil.copytree(built.folder, folder)
    (folder / "deliveries").symlink_to(organization / "deliveries")
    return Project(folder, folder / "lake")


def test_every_command_runs_as_it_stands(workplace: Project, run_tarn: Command) -> None:
    """Each once, in order. Exit code 3: done, and some objects were set aside."""
    failed = []
    for document, command in dict.fromkeys(commands("sh")):
        program, *arguments = shlex.split(command)
        if command in RUN_ELSEWHERE:
            continue
        if program == "dbt":
            run_dbt(workplace, *arguments)
        else:
            done = run_tarn(workplace, *arguments)
            if done.exit_code not in ((0, 3) if arguments[0] == "ingest" else (0,)):
                failed.append((document, command, done.output))
    assert failed == []


def test_what_is_not_run_has_a_command_and_options_that_there_are() -> None:
    for document, command in commands("text"):
        program, name, *arguments = shlex.split(command)
        found = main.get_command(click.Context(main), name)
        assert program == "tarn" and found is not None, f"{document}: {command}"
        found.make_context(name, arguments)
