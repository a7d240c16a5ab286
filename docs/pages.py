"""Writes the pages that are made from the project itself: `make pages`, checked by a test."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from docs.lake_columns import LAKE_COLUMNS
from tarn.cli import COMMANDS, main

ROOT: Final = Path(__file__).resolve().parents[1]
_WIDTH: Final = 100
_MADE: Final = "<!-- Made by `make pages`: change what it is made from. -->\n"
_TOPICS: Final = {
    "lake": "What a CloudTrail Lake user types",
    "windows": "Time",
    "engine": "What differs between engines",
    "marts": "Marts",
    "changes": "Comparing configurations",
    "attribution": "Finding causes",
    "judging": "Which changes a run judges",
    "event_data_stores": "Event data stores",
    "incremental": "Incremental runs",
    "testing": "Tests",
}


_COLUMNS_HEAD: Final = f"""\
# Event data store columns against Lake's

{_MADE}
`eds_cloudtrail_events` and `eds_configuration_items` hold what a query written for CloudTrail Lake
expects: the same columns under the same names, in either case, with the same types. Read `string`
as `varchar`, `map<string,string>` as `map(varchar, varchar)` with compact JSON for nested values,
and structs and arrays alike. Tarn's own columns come last. AWS documents `relationships` as a
struct and shows it as an array of them; here it is the array.

What Lake fills by itself, and what stands here instead, is told in
[decision 4](decisions/0004-what-lake-fills-by-itself.md). Insight records are not in it.
"""
_MACROS_HEAD: Final = f"""\
# Macros

{_MADE}
What models and queries are written with, on every engine alike. The cases are those of
[tests/macros](../tests/macros), which `dbt test` runs; what `doc` and the like stand for is written
there.
"""
_DECISIONS_HEAD: Final = f"""\
# Decisions

{_MADE}
What will be asked about later: each with its context, what was decided, and what follows.

"""


def pages() -> dict[str, str]:
    """Each page's path in the project, and what has to stand there."""
    return {
        "docs/commands.md": commands_page(),
        "docs/event-data-stores.md": columns_page(),
        "docs/macros.md": macros_page(),
        "docs/decisions/README.md": decisions_page(),
        "models/catalogue_exposures.yml": catalogue_exposures(),
    }


# ---------- commands


def commands_page() -> str:
    """The help of every command, as `tarn COMMAND --help` prints it."""
    parts = [f"# Commands\n\n{_MADE}\nWhat `--help` says of each.\n"]
    top = main.make_context("tarn", [], resilient_parsing=True, terminal_width=_WIDTH)
    contexts = [top]
    for name in COMMANDS:
        command = main.get_command(top, name)
        if command is not None:
            contexts.append(command.make_context(name, [], top, resilient_parsing=True))
    for context in contexts:
        shown = context.get_help().rstrip()
        parts.append(f"## {context.command_path}\n\n```text\n{shown}\n```\n")
    return "\n".join(parts)


# ---------- event data stores


def columns_page() -> str:
    """The columns of the event data stores beside Lake's."""
    parts = [_COLUMNS_HEAD]
    for model in _models("models/event_data_stores/_event_data_stores__models.yml"):
        lake = LAKE_COLUMNS[model["name"]]
        rows = [
            f"| `{name}` | {_code(lake.get(name))} | {_cell(column['description'])} |"
            for column in model["columns"]
            for name in (column["name"],)
        ]
        described = " ".join(model["description"].split())
        parts.append(
            f"## {model['name']}\n\n{described}\n\n"
            "| column | type in Lake | what it holds |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join(parts)


def _models(path: str) -> list[dict[str, Any]]:
    models: list[dict[str, Any]] = yaml.safe_load((ROOT / path).read_text("utf-8"))["models"]
    return models


def _code(lake_type: str | None) -> str:
    return "Tarn's own" if lake_type is None else f"`{lake_type.replace(',', ', ')}`"


def _cell(text: str) -> str:
    words = re.sub(r"{{ doc\(['\"](\w+)['\"]\) }}", lambda found: _doc(found[1]), text)
    return " ".join(words.split()).replace("|", "\\|")


def _doc(name: str) -> str:
    text = (ROOT / "models" / "columns.md").read_text(encoding="utf-8")
    [block] = re.findall(rf"{{% docs {name} %}}\n(.*?)\n{{% enddocs %}}", text, flags=re.DOTALL)
    return str(block)


# ---------- macros


def macros_page() -> str:
    """Each public macro: its header, and the cases that its test holds it to."""
    parts = [_MACROS_HEAD]
    for folder, title in _TOPICS.items():
        parts.append(f"## {title}\n")
        for path in sorted((ROOT / "macros" / folder).glob("[!_]*.sql")):
            parts.append(f"### {path.stem}\n\n{_header(path)}\n")
            cases = list(_cases(ROOT / "tests" / "macros" / path.name))
            if cases:
                rows = "\n".join(f"| {name} | {call} | {gives} |" for name, call, gives in cases)
                parts.append(
                    f"<details><summary>{len(cases)} cases</summary>\n\n"
                    f"| case | call | gives |\n|---|---|---|\n{rows}\n\n</details>\n"
                )
    return "\n".join(parts)


def _header(path: Path) -> str:
    """The comment at the head of a macro's file: the call as code, then what is said of it."""
    [comment] = re.findall(r"\A{#-?(.*?)-?#}", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [line.removeprefix("    ").rstrip() for line in comment.strip("\n").splitlines()]
    call, _, rest = "\n".join(lines).strip().partition("\n\n")
    return f"```jinja\n{call}\n```\n\n{rest.strip()}"


def _cases(path: Path) -> Iterator[tuple[str, str, str]]:
    """The name, the call and the result of each case of a macro's test."""
    if path.exists():
        text = re.sub(r",\n {8}", ", ", path.read_text(encoding="utf-8"))
        case = r'^\s*\("([^"]*)",\s*(.*?),\s*"((?:[^"\\]|\\.)*)"\),\s*$'
        for name, call, gives in re.findall(case, text, flags=re.MULTILINE):
            yield name, _span(call), _span(gives)


def _span(code: str) -> str:
    """Code in a cell of a table, whatever marks are in it."""
    fence = "``" if "`" in code else "`"
    return f"{fence}{_cell(code)}{fence}"


# ---------- decisions


def decisions_page() -> str:
    """The decisions by number."""
    rows = []
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0]
        rows.append(f"- [{title.removeprefix('# ')}]({path.name})")
    return _DECISIONS_HEAD + "\n".join(rows) + "\n"


# ---------- exposures


def catalogue_exposures() -> str:
    """An exposure for each subject of the query catalogue: which models its queries read."""
    parts = ["# Made by `make pages` from the queries in analyses/.\nversion: 2\n\nexposures:\n"]
    for folder in sorted(path for path in (ROOT / "analyses").iterdir() if path.is_dir()):
        queries = sorted(folder.rglob("*.sql"))
        text = "\n".join(path.read_text(encoding="utf-8") for path in queries)
        models = sorted(set(re.findall(r"ref\(['\"](\w+)['\"]\)", text)))
        references = "\n".join(f"      - ref('{model}')" for model in models)
        parts.append(
            f"  - name: catalogue_{folder.name}\n"
            f"    label: 'Queries: {folder.name}'\n"
            "    type: analysis\n"
            "    maturity: high\n"
            f"    description: The queries of the catalogue in analyses/{folder.name}.\n"
            "    owner:\n      name: Tarn\n"
            f"    depends_on:\n{references}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    for name, page in pages().items():
        (ROOT / name).write_text(page, encoding="utf-8")
