"""The commands as a person calls them, over the demo organization."""

import csv
import gzip
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from attribution import judged
from building import REPOSITORY
from click.testing import Result

from tarn.build import ON_DATA
from tarn.cli import COMMANDS
from tarn.lake import open_lake
from tarn.project import Project

Run = Callable[..., Result]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(built: Project, run_tarn: Run, name: str) -> None:
    shown = run_tarn(built, name, "--help")
    assert shown.exit_code == 0
    assert f"Usage: tarn {name}" in shown.stdout
    # A help that tells nothing has a usage and an options line only.
    assert len(shown.stdout.splitlines()) > 5


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, tarn.cli; print([m for m in ('dbt', 'pyarrow', 'duckdb') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_asking_imports_no_dbt(built: Project) -> None:
    code = (
        "import sys\n"
        "from tarn.cli import main\n"
        "try:\n"
        "    main(['query', 'bucket_encryption_changes', '--format', 'csv'])\n"
        "finally:\n"
        "    slow = ('dbt', 'sqlglot', 'pandas')\n"
        "    print([name for name in slow if name in sys.modules], file=sys.stderr)\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=built.folder,
        env={"TARN_ROOT": str(built.root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stderr.splitlines()[-1] == "[]"
    assert shown.stdout.startswith("changed_at,bucket_name,")


def test_words_find_queries_best_first(built: Project, run_tarn: Run) -> None:
    found = json.loads(run_tarn(built, "queries", "denied", "--json").stdout)
    assert found[0]["name"] == "denied_calls"
    assert "denied_bucket_encryption_changes" in {query["name"] for query in found}
    assert "denied_bucket_encryption_changes" in run_tarn(built, "queries", "encryption").stdout


def test_all_queries_are_listed_by_subject(built: Project, run_tarn: Run) -> None:
    lines = run_tarn(built, "queries").stdout.splitlines()
    start = lines.index(next(line for line in lines if line.startswith("identity (")))
    said = " ".join(" ".join(lines[start + 1 : start + 4]).split())
    assert said.startswith("access_key_calls Counts the successful calls of an access key by API.")


def test_the_page_of_the_catalogue_is_current(built: Project, run_tarn: Run) -> None:
    page = (REPOSITORY / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page == run_tarn(built, "queries", "--markdown").stdout, "run `make pages`"


def test_a_word_that_fits_nothing_is_told_on_stderr(built: Project, run_tarn: Run) -> None:
    shown = run_tarn(built, "queries", "zeppelin")
    assert shown.stdout == ""
    assert "No query has any of: zeppelin" in shown.stderr


def test_windows_are_half_open(built: Project, run_tarn: Run) -> None:
    everything = json.loads(
        run_tarn(built, "query", "bucket_encryption_changes", "--format", "json").stdout
    )
    moments = sorted({row["changed_at"] for row in everything})
    since, until = moments[3], moments[7]
    rows = json.loads(
        run_tarn(
            built,
            *("query", "bucket_encryption_changes", "--format", "json"),
            *("--since", since, "--until", until),
        ).stdout
    )
    assert sorted({row["changed_at"] for row in rows}) == moments[3:7]


def test_parameters_narrow_a_query(built: Project, run_tarn: Run) -> None:
    rows = json.loads(
        run_tarn(
            built,
            *("query", "resource_creations", "-p", "type=AWS::IAM::Role", "--format", "json"),
        ).stdout
    )
    assert rows
    assert {row["resource_type"] for row in rows} == {"AWS::IAM::Role"}


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "json", "parquet"])
def test_the_ending_of_the_output_chooses_the_format(
    built: Project, run_tarn: Run, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    shown = run_tarn(built, "query", "bucket_encryption_changes", "--output", str(path))
    assert shown.exit_code == 0, shown.output
    counts = {
        "csv": lambda: len(list(csv.DictReader(io.StringIO(path.read_text())))),
        "csv.gz": lambda: len(
            list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
        ),
        "json": lambda: len(json.loads(path.read_text())),
        "parquet": lambda: pyarrow.parquet.read_table(path).num_rows,
    }
    assert f"{counts[ending]()} rows in" in shown.stderr


def test_the_published_join_has_its_columns_and_rows(
    built: Project, run_tarn: Run, lake: duckdb.DuckDBPyConnection
) -> None:
    window = ("--since", "2026-03-03", "--until", "2026-03-04")
    name = "bucket_encryption_changes_as_published"
    shown = run_tarn(built, "query", name, "--format", "csv", *window)
    header, *rows = csv.reader(io.StringIO(shown.stdout))
    assert header == [
        *("resourceId", "resourceType", "configurationItemCaptureTime", "recipientAccountId"),
        *("awsRegion", "sourceIPAddress", "userAgent", "arn", "type", "userName", "resourceType"),
        "ServerSideEncryptionConfiguration",
    ]
    # As published: every item of the bucket for every event, denied ones too, both bounds in.
    expected = lake.execute(
        """
        select count(*)
        from intermediate.int_events_deduplicated as event
        inner join intermediate.int_configuration_items_deduplicated as item
            on item.resource_id = json_extract_string(event.request_parameters, '$.bucketName')
        where
            event.event_name = 'PutBucketEncryption'
            and event.occurred_at between '2026-03-03' and '2026-03-04'
            and item.resource_type = 'AWS::S3::Bucket'
            and json_extract_string(
                item.supplementary_configuration, '$.ServerSideEncryptionConfiguration'
            ) is not null
        """
    ).fetchone()
    assert expected == (len(rows),)
    captured = [row[2] for row in rows]
    assert captured == sorted(captured, reverse=True)
    as_json = json.loads(run_tarn(built, "query", name, "--format", "json", *window).stdout)
    assert as_json[0]["resourceType_1"] == "AWS::S3::Bucket"


def test_the_published_creations_are_the_ten_latest_in_the_window(
    built: Project, run_tarn: Run
) -> None:
    shown = run_tarn(
        built,
        *("query", "resource_creation_times_as_published", "--format", "json"),
        *("--since", "2026-03-03", "--until", "2026-03-04"),
    )
    rows = json.loads(shown.stdout)
    assert list(rows[0]) == [
        *("configuration", "accountId", "awsRegion", "resourceId", "resourceName"),
        *("resourceType", "availabilityZone", "resourceCreationTime"),
    ]
    times = [row["resourceCreationTime"] for row in rows]
    assert len(rows) == 10
    assert times == sorted(times, reverse=True)


def test_denied_attempts_are_shown_and_nothing_else(
    built: Project, run_tarn: Run, truth: dict[str, list[str]]
) -> None:
    shown = run_tarn(built, "query", "denied_bucket_encryption_changes", "--format", "json")
    found = sorted(row["event_id"] for row in json.loads(shown.stdout))
    assert found == sorted(truth["denied_encryption_attempts"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "bucket_encryption"), "did you mean bucket_encryption_changes"),
        (("query", "resource_creations", "--since", "soon"), "'soon' is no moment"),
        (("query", "resource_creations", "-p", "type"), "write NAME=VALUE"),
        (("query", "resource_creations", "-p", "colour=red"), "it has: since, until, type"),
        (("query", "resource_creations", "--columns", "colour"), "There is no column colour"),
        (("query", "resource_creations", "--format", "parquet"), "add --output FILE"),
        (("query", "resource_creations", "--format", "xml"), "'xml' is not one of"),
        (("query", "resource_creations", "--output", "o.xlsx"), "o.xlsx names no format"),
        (("query", "resource_creations", "-p", "type=a", "-p", "type=b"), "type is given twice"),
        (
            ("query", "resource_creations", "-p", "since=2026-03-02", "--since", "2026-03-02"),
            "since is given twice",
        ),
        (("query", "resource_creations", "-p", "type=\udcff"), "no text in UTF-8"),
        (("question",), "No such command 'question'"),
        (("quer",), "No such command 'quer'. Did you mean 'query'?"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    built: Project, run_tarn: Run, arguments: tuple[str, ...], message: str
) -> None:
    shown = run_tarn(built, *arguments)
    assert shown.exit_code == 2
    assert message in shown.stderr
    assert "Traceback" not in shown.output


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_an_output_that_cannot_be_written_is_told(
    built: Project, run_tarn: Run, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "missing" / name
    shown = run_tarn(built, "query", "resource_creations", "--output", str(target))
    assert shown.exit_code == 1
    assert f"{target} cannot be written: No such file or directory." in shown.stderr


def test_a_root_that_cannot_be_written_is_told_before_anything_is_built(
    built: Project, run_tarn: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    shown = run_tarn(Project(built.folder, tmp_path / "file" / "lake"), "build")
    assert shown.exit_code == 1
    assert "cannot be written (File exists)" in shown.stderr
    assert "Traceback" not in shown.output


def test_a_lake_that_is_none_is_not_connected_to(
    built: Project, run_tarn: Run, tmp_path: Path
) -> None:
    (tmp_path / "catalog.sqlite").write_text("junk")
    shown = run_tarn(Project(built.folder, tmp_path), "connect")
    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert f"The lake in {tmp_path} cannot be opened" in shown.stderr


@pytest.mark.parametrize("arguments", [("query", "resource_creations"), ("queries",), ("connect",)])
def test_before_anything_is_built_the_remedy_is_told(
    new_project: Project, run_tarn: Run, arguments: tuple[str, ...]
) -> None:
    shown = run_tarn(new_project, *arguments)
    assert shown.exit_code == 1
    assert "tarn build" in shown.stderr


def test_a_second_build_with_nothing_new_does_nothing(built: Project, run_tarn: Run) -> None:
    shown = run_tarn(built, "build")
    assert shown.exit_code == 0
    assert "Nothing has changed" in shown.stderr


def test_without_seeds_every_day_is_built_anew_and_changes_have_their_causes(
    built: Project,
    run_tarn: Run,
    tmp_path: Path,
    truth: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the tests nor the catalogue are asked about it, nor what is made of the causes."""
    judged_ones = ("--exclude-resource-type", "test", "--select", "+fct_change_attributions")
    monkeypatch.setattr("tarn.build.ON_DATA", (*ON_DATA, *judged_ones))
    monkeypatch.setattr("tarn.build._catalogue", lambda *_: [])
    project = Project(tmp_path / "project", tmp_path / "project" / "lake")
    shutil.copytree(built.folder, project.folder)
    emptied = ("resource_creating_events", "service_event_sources")
    for name in emptied:
        seed = project.folder / "seeds" / f"{name}.csv"
        seed.write_text(seed.read_text().splitlines(keepends=True)[0])
    shown = run_tarn(project, "build")
    assert shown.exit_code == 0, shown.output
    assert "have changed: every table is made anew" in shown.stderr
    with open_lake(project.root) as lake:
        for name in emptied:
            assert lake.execute(f"select count(*) from reference.{name}").fetchall() == [(0,)]
        judgement = judged(lake, truth)
    assert judgement.pairs.precision >= 0.80
    assert judgement.pairs.recall >= 0.97
    assert judgement.exact.precision >= 0.98


def test_explain_shows_the_sql_with_its_parameters(built: Project, run_tarn: Run) -> None:
    shown = run_tarn(
        built, "query", "resource_creations", "--explain", "--since", "2026-03-02 08:00+01:00"
    )
    assert shown.stdout.startswith("-- $since = 2026-03-02 07:00:00.000\n-- $until = null\n")
    assert "fct_resource_creations" in shown.stdout


def test_a_dry_run_tells_what_would_be_read(built: Project, run_tarn: Run) -> None:
    shown = run_tarn(built, "query", "calls_by_service", "--dry-run")
    table, rest = shown.stdout.split(": ", 1)
    rows = int(rest.split(" rows")[0].replace(",", ""))
    with open_lake(built.root) as lake:
        counted = lake.execute(f"select count(*) from lake.intermediate.{table}").fetchone()
    assert counted == (rows,)
    assert "event_source" in rest
    assert "user_identity" not in rest.partition("columns: ")[2]
    assert "It would read at most" in shown.stderr
