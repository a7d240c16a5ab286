"""Every model, test and query compiles for Trino and Athena with no server to ask."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot.tokens import Token, TokenType

ROOT = Path(__file__).parents[3]
COMPILE_BOTH = Path(__file__).with_name("compile_both.py")
BRANCHES = ("whole", "incremental")

# What DuckDB alone knows: a model that calls it bare has no other engine to run on.
# Left out are names that Trino has too, with another meaning or the same.
_DUCKDB_ONLY = """
    arg_max arg_min argmax argmin array_extract array_to_string date_part epoch epoch_ms epoch_us
    first from_json generate_series getvariable hash json_contains json_each json_extract_path
    json_extract_path_text json_extract_string json_group_array json_group_object json_keys
    json_merge_patch json_serialize_sql json_structure json_transform json_transform_strict
    json_tree json_type json_valid last left len list list_aggregate list_concat list_contains
    list_distinct list_extract list_filter list_has_any list_last list_position list_reverse
    list_slice list_sort list_transform list_unique list_value list_zip make_timestamp map_extract
    map_extract_value md5_number prefix range read_json read_json_auto read_ndjson read_parquet
    regexp_full_match regexp_matches regexp_split_to_array right row_to_json strftime string_agg
    string_split strlen strptime struct_extract struct_insert struct_pack suffix to_json
    to_microseconds to_minutes to_seconds try_strptime unhex uuid_extract_version
"""
DUCKDB_ONLY = frozenset(_DUCKDB_ONLY.split())


def athena_python() -> Path:
    """The Python that has dbt-athena: an environment of its own, for its needs clash with ours."""
    chosen = os.environ.get("TARN_ATHENA_PYTHON")
    python = Path(chosen) if chosen else ROOT / ".venv-athena" / "bin" / "python"
    if python.exists():
        return python
    if sys.version_info >= (3, 13):
        pytest.skip("dbt-athena's needs have no wheels for Python 3.13 and later")
    pytest.fail(f"{python} is missing: run `make athena-env`, which installs dbt-athena there")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that compiles the project for an engine, once, and gives a branch's nodes."""
    known: dict[str, dict[str, dict[str, Any]]] = {}

    def compile_for(engine: str, branch: str) -> dict[str, Any]:
        if engine not in known:
            known[engine] = _compile(engine, tmp_path_factory.mktemp(engine))
        return known[engine][branch]

    return compile_for


def _compile(engine: str, folder: Path) -> dict[str, dict[str, Any]]:
    python = athena_python() if engine == "athena" else Path(sys.executable)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "TARN_ROOT": str(folder / "lake"),
        # Nobody listens there: a macro that asked a server would fail.
        "TARN_TRINO_PORT": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    done = subprocess.run(
        [str(python), str(COMPILE_BOTH), engine, str(ROOT), str(folder)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    whole, incremental = (
        json.loads((folder / f"{branch}.json").read_text("utf-8")) for branch in BRANCHES
    )
    # Of the incremental branch only the models that are another there: the rest is looked at once.
    # What an ephemeral model says stands in those that read it, and only there.
    others = {
        name: node
        for name, node in incremental.items()
        if name in whole and node["compiled_code"] != whole[name]["compiled_code"]
    }
    return {"whole": whole, "incremental": others}


# An engine's tests run where it was compiled.
engines = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("trino", "athena")],
)
branches = pytest.mark.parametrize("branch", BRANCHES)


@engines
@branches
def test_everything_compiles_and_parses(compiled: Any, engine: str, branch: str) -> None:
    nodes = compiled(engine, branch)
    assert any(node["resource_type"] == "model" for node in nodes.values())
    for name, node in nodes.items():
        assert node["compiled_code"].strip(), f"{name} has no SQL"
        statements = sqlglot.parse(node["compiled_code"], read=engine)
        assert len(statements) == 1, f"{name} is {len(statements)} statements"


@engines
@branches
def test_nothing_is_left_that_only_duckdb_knows(compiled: Any, engine: str, branch: str) -> None:
    found = {
        name: foreign
        for name, node in compiled(engine, branch).items()
        if (foreign := sorted(foreign_words(node["compiled_code"])))
    }
    assert found == {}


@engines
def test_the_incremental_branch_is_another(compiled: Any, engine: str) -> None:
    whole, incremental = compiled(engine, "whole"), compiled(engine, "incremental")
    branching = {name for name, node in whole.items() if "is_incremental()" in node["raw_code"]}
    assert branching
    assert branching - set(incremental) == set()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select list_sort(a) from t", {"list_sort"}),
        ("select a::int from t", {"::"}),
        ("select [1, 2]", {"[…]"}),
        ("select a from t qualify true", {"qualify"}),
        ("select 'list_sort(a)', array[1, 2][1], list_sort from t", set()),
        ("select json_extract_scalar(a, '$[\"b\"]')[1] from t", set()),
    ],
)
def test_foreign_words_are_seen(sql: str, expected: set[str]) -> None:
    assert foreign_words(sql) == expected


def foreign_words(sql: str) -> set[str]:
    """What in the SQL is DuckDB's own; texts and comments are not looked at."""
    tokens = sqlglot.tokenize(sql, read="trino")
    followers = [*tokens[1:], None]
    before = [None, *tokens[:-1]]
    return {
        word
        for previous, token, follower in zip(before, tokens, followers, strict=True)
        if (word := _foreign_word(previous, token, follower))
    }


def _foreign_word(previous: Token | None, token: Token, follower: Token | None) -> str | None:
    word = token.text.lower()
    if token.token_type is TokenType.DCOLON:
        return "::"
    if token.token_type is TokenType.STRING:
        return None
    if word == "qualify":
        return word
    if word in DUCKDB_ONLY and follower and follower.token_type is TokenType.L_PAREN:
        return word
    if token.token_type is TokenType.L_BRACKET and not _may_be_subscripted(previous):
        return "[…]"
    return None


def _may_be_subscripted(token: Token | None) -> bool:
    if token is None:
        return False
    closing = (TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.IDENTIFIER, TokenType.VAR)
    return token.token_type in (*closing, TokenType.ARRAY)
