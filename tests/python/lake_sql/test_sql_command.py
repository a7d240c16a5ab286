"""`tarn sql` and `tarn verify` from the user's side, over the demo lake."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from tarn.lake import open_lake
from tarn.lake_sql import query
from tarn.lake_sql.schema import VIEWS, columns_of
from tarn.project import Project

Sql = Callable[..., Result]
ENCRYPTION = """
Select config.eventdata.resourceId, config.eventData.resourceType, config.eventdata.configurationItemCaptureTime,
  cloudtrail.recipientAccountId, cloudtrail.awsRegion, cloudtrail.sourceIPAddress, cloudtrail.userAgent,
  cloudtrail.userIdentity.arn, cloudtrail.userIdentity.type, cloudtrail.userIdentity.sessionContext.sessionIssuer.userName,
  config.eventData.resourceType,
  element_at(config.eventdata.supplementaryConfiguration,'ServerSideEncryptionConfiguration') as ServerSideEncryptionConfiguration
from $CLOUDTRAIL_EDS_ID as cloudtrail
join $CONFIG_EDS_ID as config on config.eventdata.resourceId = element_at(cloudtrail.requestParameters,'bucketName')
where cloudtrail.eventname = 'PutBucketEncryption'
  and (cloudtrail.eventTime >= '2022-11-17 00:00:00' and cloudtrail.eventTime <= '2032-11-19 00:00:00')
  and element_at(config.eventdata.supplementaryConfiguration,'ServerSideEncryptionConfiguration') is not null
  and config.eventData.resourceType = 'AWS::S3::Bucket'
order by config.eventdata.configurationItemCaptureTime desc;
"""  # noqa: E501 (as published)


def rows_of(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.reader(io.StringIO(result.stdout)))


def test_the_published_join_runs_unchanged(tarn_sql: Sql) -> None:
    header, *rows = rows_of(tarn_sql(ENCRYPTION, "--format", "csv"))
    assert header[:2] == ["resourceId", "resourceType"]
    assert header[-2:] == ["resourceType", "ServerSideEncryptionConfiguration"]
    assert rows
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_a_text_that_was_to_be_filled_in_is_named_where_there_are_no_rows(tarn_sql: Sql) -> None:
    sql = "select eventid from eds where recipientaccountid {} '<account id>'"
    assert "'<account id>' was compared as it stands" in tarn_sql(sql.format("=")).stderr
    assert "compared as it stands" not in tarn_sql(sql.format("<>") + " limit 1").stderr


def test_a_name_given_twice_takes_both_values(tarn_sql: Sql) -> None:
    sql = "select count(*) from eds where eventtime >= '${day}' and eventtime < '${day}'"
    both = ("-p", "day=2026-03-03", "-p", "day=2026-03-04", "--format", "csv")
    assert int(rows_of(tarn_sql(sql, *both))[1][0]) > 1000
    assert "-p nosuch is for nothing" in tarn_sql("select 1 from eds", "-p", "nosuch=1").stderr


def test_the_console_command_tells_all_and_how_it_ended(asked: Project) -> None:
    """It leaves Python as soon as it has written: nothing may be lost on the way."""

    def console(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).parent / "tarn"), "sql", *arguments]
        environment = {**os.environ, "TARN_ROOT": str(asked.root)}
        return subprocess.run(
            command, cwd=asked.folder, env=environment, capture_output=True, text=True, check=False
        )

    told = console("select eventid from eds", "--format", "csv")
    with open_lake(asked.root) as lake:
        [[count]] = lake.execute("select count(*) from eds_cloudtrail_events").fetchall()
    assert (told.returncode, len(told.stdout.splitlines())) == (0, count + 1)
    wrong = console("select nope from eds")
    assert wrong.returncode != 0
    assert "There is no column nope" in wrong.stderr


def test_widgets_take_their_parameters(tarn_sql: Sql) -> None:
    sql = (
        "SELECT DATE_TRUNC('?', eventTime) AS eventDate, IF(readOnly,'read','write') AS readOnly, "
        "COUNT(*) as eventCount FROM eds WHERE eventTime > '?' AND eventTime < '?' "
        "GROUP BY DATE_TRUNC('?', eventTime), readOnly "
        "ORDER BY DATE_TRUNC('?', eventTime), readOnly"
    )
    period, start, end = "$Period$", "$StartTime$", "$EndTime$"
    given = [f"--value={one}" for one in (period, start, end, period, period)]
    named = ["-p", "Period=day", "-p", "StartTime=2020-01-01", "-p", "EndTime=2040-01-01"]
    header, *rows = rows_of(tarn_sql(sql, *given, *named, "--format", "csv"))
    assert header == ["eventDate", "readOnly", "eventCount"]
    assert {row[1] for row in rows} >= {"read", "write"}
    assert all(row[0].endswith(" 00:00:00.000") for row in rows)


def test_a_store_has_its_own_rows_and_lakes_columns(asked: Project, tarn_sql: Sql) -> None:
    header, *rows = rows_of(tarn_sql("select * from cloudtrail limit 3", "--format", "csv"))
    assert header == list(columns_of("cloudtrail_events"))
    assert len(rows) == 3
    [[count]] = rows_of(tarn_sql("select count(*) from cloudtrail", "--format", "csv"))[1:]
    with open_lake(asked.root) as lake:
        there = lake.execute(
            "select count(*) from eds_cloudtrail_events where _store = 'cloudtrail'"
        ).fetchone()
    assert there == (int(count),)


@pytest.mark.parametrize("category", VIEWS)
def test_the_columns_are_those_of_the_views(asked: Project, category: str) -> None:
    with open_lake(asked.root) as lake:
        described = lake.execute(f"describe {VIEWS[category]}").fetchall()
        said = columns_of(category)
        kinds = [
            duckdb.sqltype(kind.duckdb)
            if False
            else lake.execute(f"select typeof(cast(null as {kind.duckdb}))").fetchall()[0][0]
            for kind in said.values()
        ]
    there = [(row[0], row[1]) for row in described if row[0] not in ("_store", "is_primary")]
    assert there == list(zip(said, kinds, strict=True))


def test_formats_keep_values_and_names(tarn_sql: Sql, tmp_path: Path) -> None:
    sql = (
        "select eventid, eventid, eventtime, requestparameters, 1e10, null, "
        "map(array['k'], array[null]) as m from cloudtrail order by eventid limit 2"
    )
    header, first, _ = rows_of(tarn_sql(sql, "--format", "csv"))
    assert header == ["eventid", "eventid", "eventtime", "requestparameters", "_col4", "_col5", "m"]
    assert first[4:] == ["1.0E10", "", "{k=null}"]
    told = json.loads(tarn_sql(sql, "--format", "json").stdout)
    assert list(told[0])[:2] == ["eventid", "eventid_1"]
    assert tarn_sql(sql, "--output", str(tmp_path / "x.parquet")).exit_code == 0
    assert duckdb.read_parquet(str(tmp_path / "x.parquet")).columns[1] == "eventid_1"
    assert tarn_sql(sql).stdout.rstrip().endswith("2 rows")


def test_explain_shows_both_and_runs_nothing(tarn_sql: Sql) -> None:
    shown = tarn_sql("--explain", "select element_at(requestParameters, 'x') from $EDS_ID")
    assert "select element_at(requestParameters, 'x') from $EDS_ID" in shown.stdout
    assert "lake.main.eds_cloudtrail_events" in shown.stdout
    assert "_store = 'cloudtrail'" in shown.stdout


def test_a_query_comes_from_a_file(tarn_sql: Sql, tmp_path: Path) -> None:
    path = tmp_path / "query.sql"
    path.write_text("-- how many\nselect count(*) as n from <EDS ID>\n;\n")
    assert rows_of(tarn_sql("-f", str(path), "--format", "csv"))[0] == ["n"]
    assert tarn_sql("-f", str(tmp_path / "none.sql")).exit_code == 2
    assert tarn_sql().exit_code == 2


def test_errors_are_a_sentence_with_the_place(tarn_sql: Sql) -> None:
    wrong = tarn_sql("select eventName\nfrom cloudtrail\nwhere evntTime > '2020-01-01'")
    assert wrong.exit_code == 1
    assert wrong.stderr == (
        "Error: line 3, column 7: There is no column evntTime here: did you mean eventtime?\n"
    )
    late = tarn_sql("select\n  cast(awsRegion as bigint)\nfrom cloudtrail")
    assert late.stderr.startswith("Error: line 2, column 8: Cannot cast '")


def test_the_history_tells_and_gives_answers_again(asked: Project, tarn_sql: Sql) -> None:
    answer = rows_of(
        tarn_sql(
            "select eventid, count(*) from cloudtrail group by 1 order by 1 limit 7",
            "--format",
            "csv",
        )
    )
    assert tarn_sql("select no_such_column from cloudtrail").exit_code == 1
    assert "FAILED" in tarn_sql("--history").stdout
    listed = tarn_sql("--history", "--format", "csv").stdout
    assert "There is no column no_such_column" in listed
    entry = next(line for line in listed.splitlines() if "limit 7" in line or "FINISHED" in line)
    query_id = entry.split(",")[0]
    again = rows_of(tarn_sql("--result", query_id, "--format", "csv"))
    assert again == answer
    assert tarn_sql("--result", "zzz").exit_code == 2
    assert (asked.root / "queries").stat().st_mode & 0o077 == 0


def test_answers_are_forgotten_after_a_week(asked: Project) -> None:
    from datetime import datetime, timedelta

    import pyarrow as pa

    from tarn.errors import TarnError
    from tarn.lake_sql.answers import LakeResult
    from tarn.lake_sql.history import History
    from tarn.lake_sql.running import Ran, Request

    history = History(asked.root)
    result = LakeResult(pa.table({"c0": [1]}), ("a",), ("integer",))
    old = datetime.fromisoformat("2020-01-01 00:00:00")
    first = history.add(Request("select 1"), Ran(result, old, 1, 2, 3))
    assert history.answer(first).columns == ("a",)
    history.add(Request("select 1"), Ran(result, old + timedelta(days=7, seconds=1), 1, 2, 3))
    with pytest.raises(TarnError, match="is not kept"):
        history.answer(first)


def test_a_signed_export_is_verified_and_a_change_is_named(
    asked: Project, tarn_sql: Sql, run_tarn: Callable[..., Result], tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    sql = "select eventid, eventtime from cloudtrail order by eventid limit 5"
    assert tarn_sql(sql, "--output", str(folder), "--sign").exit_code == 0
    signed = json.loads((folder / "result_sign.json").read_text())
    assert list(signed) == [
        *("version", "region", "files", "hashAlgorithm", "signatureAlgorithm"),
        *("queryCompleteTime", "hashSignature", "publicKeyFingerprint"),
    ]
    assert (signed["hashAlgorithm"], signed["signatureAlgorithm"]) == ("SHA-256", "SHA256withRSA")
    key = asked.root / "keys" / "private.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    ok = run_tarn(asked, "verify", str(folder))
    assert ok.stdout == "1 file as signed: result_1.csv.gz\n"

    file = folder / "result_1.csv.gz"
    kept = file.read_bytes()
    file.write_bytes(gzip.compress(gzip.decompress(kept) + b"x\n"))
    changed = run_tarn(asked, "verify", str(folder))
    assert (changed.exit_code, "result_1.csv.gz was changed" in changed.stderr) == (1, True)
    file.write_bytes(kept)
    (folder / "result_2.csv.gz").write_bytes(kept)
    assert "result_2.csv.gz was added" in run_tarn(asked, "verify", str(folder)).stderr
    (folder / "result_2.csv.gz").unlink()
    signed["files"][0]["fileHashValue"] = "0" * 64
    (folder / "result_sign.json").write_text(json.dumps(signed))
    assert run_tarn(asked, "verify", str(folder)).exit_code == 1
    file.unlink()
    assert "result_1.csv.gz is missing" in run_tarn(asked, "verify", str(folder)).stderr
    assert tarn_sql(sql, "--sign").exit_code == 2
    told = tarn_sql(sql, "--output", str(folder.parent / "other"), "--sign", "--format", "json")
    assert told.exit_code == 2
    assert "--sign writes csv.gz" in told.stderr
    assert not (folder.parent / "other").exists()


def test_notebooks_have_an_entry(asked: Project) -> None:
    result = query("select eventName, count(*) from $EDS_ID group by 1", root=asked.root)
    assert result.columns == ("eventName", "_col1")
    assert result.types == ("varchar", "bigint")
    assert sum(row[1] for row in result.rows) > 100
