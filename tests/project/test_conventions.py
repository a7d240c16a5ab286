"""The project's conventions as rules. Exceptions stand here, each with its reason."""

import csv
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from building import REPOSITORY

from ingest.landing.schema import CATEGORIES, LEDGER_SCHEMA
from tarn.build import working_in
from tarn.catalogue import Query, load
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("conventions")

# Models that cannot declare their grain by one_row_per, which takes no null in a key.
NO_GRAIN = {
    "eds_cloudtrail_events": "Lake's columns hold no key: records of version 1.0 have no eventid",
    "fct_configuration_property_changes": "an array may lose two equal elements",
    "fct_unattributed_events": "a call that names nothing that was shown has no resource",
    "int_candidate_texts": "elements of arrays have no label",
    "int_configuration_comparisons": "an array may lose two equal elements",
    "int_configuration_property_changes": "an array may lose two equal elements",
    "int_write_texts": "elements of arrays have no label",
}
# Columns of Lake's, which keep the names that Lake gives them and what these mean there.
LAKES_OWN = re.compile("eds_")
# Functions that DuckDB, Trino and Athena have by one name and meaning.
SHARED_FUNCTIONS = {
    *("abs", "avg", "cast", "coalesce", "concat", "concat_ws", "count", "dense_rank"),
    *("first_value", "greatest", "lag", "last_value", "lead", "least", "length", "lower", "max"),
    *("max_by", "min", "min_by", "nullif", "rank", "replace", "round", "row_number"),
    *("split_part", "strpos", "substr", "sum", "trim", "try_cast", "unnest", "upper"),
}
# Words, types and the alias of what is unnested: they may stand before a bracket.
SQL_WORDS = {
    *("and", "as", "by", "distinct", "else", "exists", "filter", "from", "in", "not", "on", "or"),
    *("map", "over", "parts", "select", "then", "using", "values", "when", "where", "with"),
}
ENGINE_WORDS = {
    "a cast by ::": r"::",
    "qualify": r"\bqualify\b",
    "group by all": r"\bgroup\s+by\s+all\b",
    "distinct on": r"\bdistinct\s+on\b",
    "a wall clock": r"\bnow\s*\(|\bcurrent_(timestamp|date|time)\b|\blocaltimestamp\b",
    "a lambda": r"->",
    "the target's type": r"\btarget\.type\b",
}
PRODUCT_CODE = ("ingest", "tarn", "models", "macros", "seeds", "analyses")
PARAMETER_TYPES = {"timestamp", "text", "integer", "boolean"}

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(parsed: Any) -> Manifest:
    """What dbt knows of the project."""
    return dict(parsed.writable_manifest().to_dict(omit_none=False))


@pytest.fixture(scope="module")
def lake(built: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built lake, read from the project's folder, under which the staging views look."""
    with working_in(built), open_lake(built.root) as connection:
        yield connection


@pytest.fixture(scope="module")
def queries(built: Project) -> list[Query]:
    """The catalogue as `tarn build` compiled it: with bind parameters."""
    return load(built.catalogue)


def nodes(manifest: Manifest, kind: str) -> list[dict[str, Any]]:
    return [
        node
        for node in [*manifest["nodes"].values(), *manifest["sources"].values()]
        if node["resource_type"] == kind and node["package_name"] == "tarn"
    ]


def columns_in(
    lake: duckdb.DuckDBPyConnection, node: dict[str, Any], built: Project
) -> list[tuple[str, str]]:
    """The columns of a built relation, or of an ephemeral model, and their types, in order."""
    said = f'lake.{node["schema"]}."{node["alias"]}"'
    if node["config"]["materialized"] == "ephemeral":
        compiled = built.folder / "target" / "compiled" / node["package_name"]
        said = (compiled / node["original_file_path"]).read_text(encoding="utf-8")
    return [(row[0], row[1].lower()) for row in lake.execute(f"describe {said}").fetchall()]


def columns_said(node: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (column["name"], (column["data_type"] or "no type").lower())
        for column in node["columns"].values()
    ]


def own_macros() -> Iterator[tuple[Path, list[tuple[str, list[str]]]]]:
    """Each macro file with the macros in it: a name, and the names of its arguments."""
    for path in sorted((REPOSITORY / "macros").rglob("*.sql")):
        found = re.findall(r"{%-?\s*macro\s+(\w+)\((.*?)\)\s*-?%}", path.read_text(), re.DOTALL)
        yield (
            path,
            [(name, re.findall(r"(\w+)\s*(?:=[^,]+)?(?:,|$)", said)) for name, said in found],
        )


def is_public(macro: str) -> bool:
    return not re.match(r"_|(default|duckdb|trino|athena)__", macro)


def sql_of(path: Path) -> str:
    """A model's SQL without comments, texts and what Jinja puts in."""
    sql = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    sql = re.sub(r"--.*", "", sql)
    sql = re.sub(r"{{.*?}}|{%.*?%}", " jinja ", sql, flags=re.DOTALL)
    return re.sub(r"'(?:[^']|'')*'", "''", sql).lower()


def models() -> list[Path]:
    return sorted((REPOSITORY / "models").rglob("*.sql"))


# ---------- descriptions


def test_everything_is_described(manifest: Manifest) -> None:
    silent = [
        node["name"]
        for kind in ("model", "seed", "analysis", "source")
        for node in nodes(manifest, kind)
        if not node["description"].strip()
    ]
    assert silent == []


def test_every_column_is_described(manifest: Manifest) -> None:
    silent = [
        f"{node['name']}.{column['name']}"
        for kind in ("model", "seed", "analysis", "source")
        for node in nodes(manifest, kind)
        for column in node["columns"].values()
        if not column["description"].strip()
    ]
    assert silent == []


@pytest.mark.parametrize("kind", ["model", "seed"])
def test_the_columns_that_are_described_are_those_that_are_there(
    manifest: Manifest, lake: duckdb.DuckDBPyConnection, built: Project, kind: str
) -> None:
    wrong = {}
    for node in nodes(manifest, kind):
        said, there = columns_said(node), columns_in(lake, node, built)
        if said != there:
            differing = [pair for pair in zip(said, there, strict=False) if pair[0] != pair[1]]
            wrong[node["name"]] = differing[:1] or [(len(said), len(there))]
    assert wrong == {}


def test_a_column_has_one_type_and_one_description(manifest: Manifest) -> None:
    said = defaultdict(set)
    for node in nodes(manifest, "model"):
        if not LAKES_OWN.match(node["name"]):
            for name, column in node["columns"].items():
                said[name].add((column["data_type"], column["description"].strip()))
    assert {name: found for name, found in said.items() if len(found) > 1} == {}


def test_a_description_that_two_models_share_is_written_once() -> None:
    written = defaultdict(list)
    for path in sorted((REPOSITORY / "models").rglob("_*__models.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            for column in model.get("columns", ()):
                if not LAKES_OWN.match(model["name"]) and "doc(" not in column["description"]:
                    written[column["name"]].append(model["name"])
    assert {name: found for name, found in written.items() if len(found) > 1} == {}


def test_every_public_macro_and_its_arguments_are_described(manifest: Manifest) -> None:
    described = {
        macro["name"]: macro
        for macro in manifest["macros"].values()
        if macro["package_name"] == "tarn" and macro["description"].strip()
    }
    wrong = []
    for path, macros in own_macros():
        for name, arguments in macros:
            if is_public(name):
                said = described.get(name, {"arguments": []})["arguments"]
                if name not in described:
                    wrong.append(f"{path.relative_to(REPOSITORY)}: no description")
                elif [argument["name"] for argument in said] != arguments:
                    wrong.append(f"{path.relative_to(REPOSITORY)}: arguments {arguments}")
                elif not all(argument["description"].strip() for argument in said):
                    wrong.append(f"{path.relative_to(REPOSITORY)}: an argument without description")
    assert wrong == []


def test_no_macro_is_described_that_is_not_there() -> None:
    there = {name for _, macros in own_macros() for name, _ in macros}
    said = [
        macro["name"]
        for path in sorted((REPOSITORY / "macros").rglob("*.yml"))
        for macro in yaml.safe_load(path.read_text(encoding="utf-8"))["macros"]
    ]
    assert [name for name in said if name not in there] == []
    assert len(said) == len(set(said))


# ---------- shape


def test_every_model_declares_its_grain(manifest: Manifest) -> None:
    declared = {
        test["attached_node"]
        for test in nodes(manifest, "test")
        if (test.get("test_metadata") or {}).get("name") == "one_row_per"
    }
    loose = {node["name"] for node in nodes(manifest, "model") if node["unique_id"] not in declared}
    assert loose == set(NO_GRAIN)


def test_marts_have_contracts_and_every_severity_is_error(manifest: Manifest) -> None:
    free = [
        node["name"]
        for node in nodes(manifest, "model")
        if node["fqn"][1] == "marts" and not node["contract"]["enforced"]
    ]
    mild = [
        node["name"]
        for node in nodes(manifest, "test")
        if node["config"]["severity"].lower() != "error"
    ]
    assert (free, mild) == ([], [])


def test_unit_tests_are_named_for_their_model_and_claim(manifest: Manifest) -> None:
    wrong = [
        test["name"]
        for test in manifest["unit_tests"].values()
        if not re.fullmatch(re.escape(test["model"]) + r"__[a-z0-9]+(_[a-z0-9]+)+", test["name"])
    ]
    assert wrong == []


def test_every_seed_has_a_reason_column() -> None:
    seeds = sorted((REPOSITORY / "seeds").rglob("*.csv"))
    assert seeds
    without = [
        path.name
        for path in seeds
        if "reason" not in next(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    ]
    assert without == []


# ---------- what ingest and dbt say of the same files


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_sources_are_what_ingest_lands(manifest: Manifest, category: Any) -> None:
    [source] = [node for node in nodes(manifest, "source") if node["name"] == category.name]
    types = {"string": "varchar", "int64": "bigint", "timestamp[us]": "timestamp"}
    fields = {field.column: field for field in category.fields}
    landed = [
        (
            column.name,
            types[str(column.type)],
            {"aws_name": fields[column.name].aws_name, "json_type": str(fields[column.name].kind)}
            if column.name in fields
            else {},
        )
        for column in category.schema
    ]
    said = [
        (column["name"], column["data_type"], column["config"]["meta"])
        for column in source["columns"].values()
    ]
    path = [("store", "varchar", {}), (category.partition, "date", {})]
    assert said == [*landed, *path]


def test_the_source_of_batches_is_the_ledger_that_ingest_writes(manifest: Manifest) -> None:
    [source] = [node for node in nodes(manifest, "source") if node["name"] == "ledger"]
    types = {"string": "varchar", "int64": "bigint", "timestamp[us]": "timestamp"}
    assert columns_said(source) == [(field.name, types[str(field.type)]) for field in LEDGER_SCHEMA]


# ---------- SQL


@pytest.mark.parametrize("word", ENGINE_WORDS)
def test_models_hold_no_words_of_one_engine(word: str) -> None:
    holding = []
    for path in models():
        text = path.read_text(encoding="utf-8") if word == "the target's type" else sql_of(path)
        if re.search(ENGINE_WORDS[word], text):
            holding.append(path.name)
    assert holding == []


def test_models_call_no_functions_but_those_that_engines_share() -> None:
    bare = {
        f"{path.name}: {name}"
        for path in models()
        for name in re.findall(r"\b(\w+)\s*\(", sql_of(path))
        if name not in SHARED_FUNCTIONS | SQL_WORDS | {"jinja", *_ctes(path)}
    }
    assert sorted(bare) == []


def test_models_end_with_the_last_step() -> None:
    wrong = []
    for path in models():
        steps, last = _ctes(path), path.read_text(encoding="utf-8").rstrip().splitlines()[-1]
        if not steps or last != f"select * from {steps[-1]}":
            wrong.append(path.name)
    assert wrong == []


def _ctes(path: Path) -> list[str]:
    return re.findall(r"^(\w+) as \($", sql_of(path), flags=re.MULTILINE)


# ---------- macros


def test_a_file_holds_one_public_macro_and_is_named_for_it() -> None:
    wrong = []
    for path, macros in own_macros():
        public = [name for name, _ in macros if is_public(name)]
        if public != ([] if path.stem.startswith("_") else [path.stem]):
            wrong.append(f"{path.relative_to(REPOSITORY)}: {public}")
    assert wrong == []


def test_a_macro_begins_with_its_call() -> None:
    wrong = []
    for path, macros in own_macros():
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not path.stem.startswith("_") and not (
            lines[0].startswith("{#") and re.match(rf"\s+{path.stem}\(", lines[1])
        ):
            wrong.append(str(path.relative_to(REPOSITORY)))
        assert macros or "{% materialization " in text, path
    assert wrong == []


def test_what_is_dispatched_has_a_version_for_every_engine() -> None:
    there = {name for _, macros in own_macros() for name, _ in macros}
    missing = [
        f"{engine}__{name}"
        for path, _ in own_macros()
        for name in re.findall(r"""adapter\.dispatch\(\s*['"](\w+)['"]""", path.read_text())
        for engine in ("default", "duckdb", "trino", "athena")
        if f"{engine}__{name}" not in there
    ]
    assert missing == []


# ---------- the catalogue


def test_queries_use_the_parameters_that_they_declare(queries: list[Query]) -> None:
    wrong = {}
    for query in queries:
        declared = {one.name for one in query.parameters}
        used = set(re.findall(r"\$([a-z_]+)", re.sub(r"'(?:[^']|'')*'", "''", query.sql)))
        if used != declared:
            wrong[query.name] = used ^ declared
        for parameter in query.parameters:
            if parameter.type not in PARAMETER_TYPES or not parameter.description:
                wrong[f"{query.name}.{parameter.name}"] = {str(parameter)}
    assert wrong == {}


def test_queries_answer_with_the_columns_that_they_describe(
    queries: list[Query], lake: duckdb.DuckDBPyConnection
) -> None:
    wrong = {}
    for query in queries:
        nothing = dict.fromkeys(one.name for one in query.parameters)
        answer = lake.execute(query.sql, nothing or None)
        columns = list(dict.fromkeys(column[0] for column in answer.description))
        if columns != list(query.columns):
            wrong[query.name] = columns
    assert wrong == {}


def test_a_query_is_tagged_with_its_subject_and_its_sources(manifest: Manifest) -> None:
    wrong = [
        node["name"]
        for node in nodes(manifest, "analysis")
        if node["config"]["tags"][:1] != [node["fqn"][-2]]
        or not {"cloudtrail", "config"} & set(node["config"]["tags"])
    ]
    assert wrong == []


def test_a_query_is_one_sentence_that_begins_with_a_verb(manifest: Manifest) -> None:
    wrong = [
        node["name"]
        for node in nodes(manifest, "analysis")
        if not re.fullmatch(r"[A-Z][a-z]+s [^.]+\.", node["description"].strip())
        or not node["config"]["tags"]
    ]
    assert wrong == []


# ---------- tests


def test_tests_of_a_group_run_in_one_worker(request: pytest.FixtureRequest, worker_id: str) -> None:
    """Else what a module prepares is prepared twice."""
    if worker_id == "master":
        pytest.skip("there is but one")
    assert request.node.nodeid.endswith("@conventions")


# ---------- files


def test_no_product_code_reads_the_truth_of_the_demo() -> None:
    reading = [
        str(path.relative_to(REPOSITORY))
        for folder in PRODUCT_CODE
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in {".py", ".sql", ".yml", ".md", ".csv"}
        and "truth.json" in path.read_text(encoding="utf-8")
    ]
    assert reading == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted((REPOSITORY / "requirements").glob("*.txt"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text), lock.name
        needs = re.findall(r"^[a-z0-9][\w.-]*.*$", text, flags=re.MULTILINE | re.IGNORECASE)
        assert len(needs) == len(re.findall(r"^\S.*\\\n\s+--hash=", text, flags=re.MULTILINE))


def test_no_folder_that_the_project_needs_is_ignored_by_git() -> None:
    """`lake/` at the root is a lake; `macros/lake/` is not."""
    files = [
        str(path.relative_to(REPOSITORY))
        for folder in (*PRODUCT_CODE, "tests", "demo", "requirements")
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    asked = subprocess.run(
        ["git", "check-ignore", "--stdin"],
        input="\n".join(files),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.stdout == ""
