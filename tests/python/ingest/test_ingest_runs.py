"""What a run takes, what it passes over, and what it tells."""

import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_lakes import NOW, contents, event, ingest, item, landed, log, put

from ingest.batches import cut
from ingest.landing.plan import unpacked
from ingest.landing.schema import CATEGORIES, LEDGER_SCHEMA
from ingest.sources.base import KeyHint, SourceObject
from ingest.sources.keys import Selection, key_hint
from ingest.sources.local import OpenFile
from ingest.status import read_status

KEY = "AWSLogs/{a}/CloudTrail/{r}/{d:%Y/%m/%d}/{a}_CloudTrail_{r}_{d:%Y%m%d}T0000Z_x.json.gz"
CONFIG_KEY = "AWSLogs/111122223333/Config/eu-west-1/2023/7/1/ConfigHistory/x.json.gz"


def _key(day: date, account: str = "111122223333", region: str = "eu-west-1") -> str:
    return KEY.format(a=account, r=region, d=day)


def test_a_second_run_knows_everything_and_a_third_takes_only_what_is_new(
    root: Path, source: Path
) -> None:
    put(source, "a.json.gz", log([event(1)]))
    assert ingest(root, source).records == {"cloudtrail": 1}
    put(source, "b.json.gz", log([event(2)]))
    summary = ingest(root, source)
    assert (summary.known, summary.new, summary.records) == (1, 1, {"cloudtrail": 1})


def test_the_same_objects_land_again_in_another_store(root: Path, source: Path) -> None:
    put(source, "a.json.gz", log([event(1)]))
    put(source, "b.json.gz", json.dumps({"configurationItems": [item(1)]}).encode())
    ingest(root, source)
    summary = ingest(root, source, store="audit")
    assert (summary.known, summary.records) == (0, {"audit": 2})
    assert {row["store"] for row in landed(root)} == {"cloudtrail", "audit"}
    assert ingest(root, source, store="audit").known == 2


def test_a_touched_object_is_known_by_its_content(root: Path, source: Path) -> None:
    path = put(source, "a.json.gz", log([event(1)]))
    ingest(root, source)
    os.utime(path, (1, 1))
    assert ingest(root, source).known == 1
    os.utime(path, (2, 2))
    path.write_bytes(gzip.compress(log([event(1), event(2)])))
    assert ingest(root, source).new == 1


def test_any_split_of_the_objects_over_runs_lands_the_same(tmp_path: Path, source: Path) -> None:
    paths = [put(source, f"{n}.json.gz", log([event(n), event(n + 50)])) for n in range(6)]
    ingest(tmp_path / "one", source)
    for part in (paths[3:5], paths[:1], paths[1:6], paths[:2]):
        ingest(tmp_path / "many", *part)
    assert contents(tmp_path / "one") == contents(tmp_path / "many")


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_lands_the_same(
    tmp_path: Path, source: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.batches._SMALLEST", 1)
    monkeypatch.setattr("ingest.batches._LARGEST", 1)
    for n in range(4):
        put(source, _key(date(2023, 7, 1 + n)), log([event(n), event(n + 1440)]))
    put(source, "LICENSE", b"no log", zipped=False)
    summary = ingest(tmp_path / "lake", source, workers=workers)
    assert (summary.records, summary.quarantined) == ({"cloudtrail": 8}, 1)
    assert summary.batches > 2
    ingest(tmp_path / "other", source)
    assert contents(tmp_path / "lake") == contents(tmp_path / "other")


def test_every_landed_file_has_the_whole_schema_and_tells_its_objects(
    root: Path, source: Path
) -> None:
    put(source, "a.json.gz", log([event(1)]))
    put(source, "b.json.gz", json.dumps({"configurationItems": [item(1)]}).encode())
    ingest(root, source)
    for category in CATEGORIES:
        files = sorted((root / "landing" / category.name).rglob("*.parquet"))
        assert len(files) == 2
        for file in files:
            schema = pq.read_schema(file)
            assert schema.equals(category.schema, check_metadata=False)
        metadata = pq.read_metadata(next(f for f in files if f.name != "empty.parquet")).metadata
        assert metadata[b"tarn.category"].decode() == category.name
        objects = unpacked(metadata[b"tarn.objects"].decode())
        assert [(one["records"], one["size"] > 0) for one in objects] == [(1, True)]
        assert objects[0]["uri"].startswith(str(source))


def test_the_ledger_has_a_row_for_each_store_and_day(root: Path, source: Path) -> None:
    updated = {"reason": "UPDATED_DATA", "originalEventID": "x"}
    other_day = event(9, eventTime="2023-07-12T01:00:00Z", addendum=updated)
    put(source, "a.json.gz", log([event(1), event(2), other_day]))
    ingest(root, source)
    rows = [
        row
        for path in (root / "landing" / "ledger").glob("*.parquet")
        for row in pq.read_table(path).to_pylist()
    ]
    assert pq.read_schema(path_of_ledger(root)).equals(LEDGER_SCHEMA, check_metadata=False)
    assert [(row["day"], row["records_count"], row["addenda_count"]) for row in rows] == [
        ("2023-07-10", 2, 0),
        ("2023-07-12", 1, 1),
    ]
    assert rows[0]["first_at"] == datetime.fromisoformat("2023-07-10T00:01:00")
    assert rows[0]["committed_at"] == NOW.replace(tzinfo=None)


def path_of_ledger(root: Path) -> Path:
    return next(p for p in (root / "landing" / "ledger").glob("*.parquet") if "-" in p.name)


def test_nobody_else_may_read_the_lake(root: Path, source: Path) -> None:
    put(source, "a.json.gz", log([event(1)]))
    put(source, "LICENSE", b"no log", zipped=False)
    ingest(root, source)
    assert root.stat().st_mode & 0o777 == 0o700
    for path in root.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_since_and_until_choose_by_the_day_of_delivery_and_drop_no_row(
    root: Path, source: Path
) -> None:
    for day in range(1, 11):
        records = [event(day, eventTime=f"2023-07-{day:02}T00:00:00Z"), event(day + 100)]
        put(source, _key(date(2023, 7, day)), log(records))
    put(source, "no-day.json.gz", log([event(99)]))
    put(source, CONFIG_KEY, json.dumps({"configurationItems": [item(1)]}).encode())
    since, until = datetime(2023, 7, 3, tzinfo=UTC), datetime(2023, 7, 5, tzinfo=UTC)
    summary = ingest(root, source, selection=Selection(since=since, until=until, slack_days=2))
    taken = {int(row["event_id"][-3:]) for row in landed(root)}
    assert taken == {*range(3, 7), *range(103, 107), 99}
    assert summary.passed_over == 7


def test_accounts_and_regions_prune_by_key(root: Path, source: Path) -> None:
    day = date(2023, 7, 1)
    for n, (account, region) in enumerate(
        [("111122223333", "eu-west-1"), ("111122223333", "us-east-1"), ("444455556666", "x-1")]
    ):
        put(source, "o-org/" + _key(day, account, region), log([event(n)]))
    selection = Selection(
        accounts=frozenset({"111122223333"}), regions=frozenset({"us-east-1", "x-1"})
    )
    assert ingest(root, source, selection=selection).records == {"cloudtrail": 1}


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 86_399),
    st.integers(0, 40 * 86_400),
    st.integers(0, 30),
)
def test_a_window_takes_each_day_it_touches_and_no_other(
    first: date, second: int, length: int, slack: int
) -> None:
    since = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(seconds=second)
    until = since + timedelta(seconds=length + 1)
    selection = Selection(since=since, until=until, slack_days=slack)
    touched = {
        (since + timedelta(seconds=step)).date() for step in [*range(0, length + 1, 43_200), length]
    }
    for offset in range(-3, 80):
        day = first + timedelta(days=offset)
        late = any(timedelta() <= day - last <= timedelta(days=slack) for last in [max(touched)])
        assert selection.takes(KeyHint(day=day)) == (day in touched or late)
    assert selection.takes(KeyHint())


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        (
            "p/AWSLogs/o-ab12/111122223333/CloudTrail/eu-west-1/2023/07/09/x.json.gz",
            KeyHint("111122223333", "eu-west-1", date(2023, 7, 9), "cloudtrail"),
        ),
        (
            "AWSLogs/111122223333/CloudTrail-Insight/eu-west-1/2023/07/09/x.json.gz",
            KeyHint("111122223333", "eu-west-1", date(2023, 7, 9), "cloudtrail"),
        ),
        (
            "AWSLogs/111122223333/Config/us-east-1/2023/7/9/ConfigSnapshot/x.json.gz",
            KeyHint("111122223333", "us-east-1", date(2023, 7, 9), "config"),
        ),
        (
            "111122223333_CloudTrail_us-east-2_20230710T2355Z_AbCdEfGhIjKlMnOp.json.gz",
            KeyHint("111122223333", "us-east-2", date(2023, 7, 10), "cloudtrail"),
        ),
        (
            "a/111122223333_Config_us-east-2_ConfigHistory_AWS::EC2::VPC_20230709T235959Z_"
            "20230710T041500Z_1.json.gz",
            KeyHint("111122223333", "us-east-2", date(2023, 7, 10), "config"),
        ),
        (
            "111122223333/CloudTrail/eu-west-1/2023/13/45/x",
            KeyHint("111122223333", "eu-west-1", None, "cloudtrail"),
        ),
        ("logs/2023/07/10/x.json", KeyHint()),
    ],
)
def test_a_key_tells(key: str, hint: KeyHint) -> None:
    assert key_hint(key) == hint


def test_batches_hold_neighbouring_days_and_every_object_once() -> None:
    objects = [
        SourceObject(f"{n}", "e", 3 << 20, KeyHint(day=date(2023, 7, 1 + n % 9)), OpenFile("x"))
        for n in range(90)
    ]
    parts = list(cut(objects, 2))
    assert sorted(one.uri for part in parts for one in part) == sorted(one.uri for one in objects)
    days = [{one.hint.day for one in part} for part in parts]
    assert 2 <= len(parts) <= 6
    assert sum(map(len, days)) <= 9 + len(parts)


def test_hidden_files_and_loops_of_links_are_passed_over(root: Path, source: Path) -> None:
    put(source, "in/a.json.gz", log([event(1)]))
    put(source, ".DS_Store", b"junk", zipped=False)
    put(source, ".git/config", b"junk", zipped=False)
    (source / "in" / "loop").symlink_to(source)
    (source / "nothing").symlink_to(source / "gone")
    summary = ingest(root, source)
    assert (summary.records, summary.reasons) == ({"cloudtrail": 1}, {"unreadable": 1})


def test_names_that_are_no_unicode_land(root: Path, source: Path) -> None:
    name = os.fsencode(source) + b"/caf\xe9.json.gz"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(gzip.compress(log([event(1)])))
    assert ingest(root, source).records == {"cloudtrail": 1}
    assert landed(root)[0]["_source_object"].startswith("file:///")
    assert ingest(root, source).known == 1


def test_what_cannot_be_read_is_tried_again_until_it_can(root: Path, source: Path) -> None:
    (source / "a.json.gz").symlink_to(source / "later")
    for _ in range(2):
        assert ingest(root, source).reasons == {"unreadable": 1}
    assert len(read_status(root, NOW).quarantine) == 1
    put(source, "later", log([event(1)]))
    assert ingest(root, source).quarantined == 0
    assert read_status(root, NOW).quarantine == ()


def test_what_was_set_aside_is_kept_with_its_bytes(root: Path, source: Path) -> None:
    from ingest.landing.quarantine import read_quarantine

    bad = {**event(1), "eventTime": "never"}
    put(source, "a.json.gz", log([event(0), bad]))
    put(source, "b", b"\xff\x00 no log", zipped=False)
    ingest(root, source)
    kept = {
        Path(line["uri"]).name: line
        for path in (root / "quarantine").iterdir()
        for line in read_quarantine(path)
    }
    assert json.loads(kept["a.json.gz"]["raw"]) == bad
    assert kept["b"]["raw"] == b"\xff\x00 no log"
    assert kept["b"]["whole_object"]
    assert all(line["kept"] for line in kept.values())


def test_a_mended_object_lands_only_what_is_missing(root: Path, source: Path) -> None:
    body = log(event(n) for n in range(200))
    stored = gzip.compress(body)
    path = put(source, "a.json.gz", stored[:-400], zipped=False)
    first = ingest(root, source)
    assert first.partly == 1
    again = ingest(root, retry_failed=True)
    assert (again.partly, again.records, again.batches) == (1, {}, 0)
    path.write_bytes(stored)
    mended = ingest(root, retry_failed=True)
    assert first.records_total + mended.records_total == 200
    assert (mended.landed, mended.partly) == (1, 0)
    assert len({row["event_key"] for row in landed(root)}) == len(landed(root)) == 200
    assert read_status(root, NOW).quarantine == ()
    assert ingest(root, source).known == 1


def test_a_retry_whose_source_is_gone_says_so(root: Path, source: Path) -> None:
    path = put(source, "a", b"no log", zipped=False)
    ingest(root, source)
    path.unlink()
    summary = ingest(root, retry_failed=True)
    assert (summary.gone, summary.new) == (1, 0)
    assert len(read_status(root, NOW).quarantine) == 1


def test_a_dry_run_writes_nothing(root: Path, source: Path) -> None:
    put(source, "a.json.gz", log([event(1)]))
    summary = ingest(root, source, dry_run=True)
    assert (summary.new, summary.known) == (1, 0)
    assert not root.exists()
    ingest(root, source)
    put(source, "b.json.gz", log([event(2)]))
    before = sorted((p, p.stat().st_mtime_ns) for p in root.rglob("*") if "sqlite" not in p.name)
    summary = ingest(root, source, dry_run=True)
    assert (summary.new, summary.known) == (1, 1)
    after = sorted((p, p.stat().st_mtime_ns) for p in root.rglob("*") if "sqlite" not in p.name)
    assert before == after


def test_of_known_objects_none_is_opened(
    root: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long 4,000 of them take is measured by `make bench`."""
    for n in range(400):
        put(source, f"{n % 20}/{n}", b'{"Records":[]}', zipped=False)
    ingest(root, source)
    monkeypatch.setattr(OpenFile, "__call__", lambda _: pytest.fail("an object was opened"))
    assert ingest(root, source).known == 400
    put(source, "new", b'{"Records":[]}', zipped=False)
    with pytest.raises(pytest.fail.Exception, match="an object was opened"):
        ingest(root, source, workers=1)


Tarn = Callable[..., Any]


def test_exit_codes_and_streams_of_the_command(tarn: Tarn, source: Path) -> None:
    put(source, "a.json.gz", log([event(1)]))
    done = tarn("ingest", source, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["records"] == {"cloudtrail": 1}
    put(source, "b", b"no log", zipped=False)
    aside = tarn("ingest", source)
    assert aside.exit_code == 3
    assert "not_json 1" in aside.stdout
    assert tarn("ingest", source).exit_code == 0
    assert tarn("ingest", "--retry-failed").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/no/such/path"], "/no/such/path does not exist"),
        ([], "Nothing to ingest"),
        (["ftp://host/logs"], "name a file, a folder or s3://bucket/prefix"),
        (["s3:///prefix"], "names no bucket"),
        (["--external-id", "x", "s3://logs"], "--external-id goes with --role-arn"),
        (["--anonymous", "--profile", "x", "s3://logs"], "--anonymous uses no credentials"),
        (["--follow", "5", "--dry-run", "."], "--dry-run looks once"),
        (["--store", "Bad Name", "."], "cannot name a store"),
        (["--since", "soon", "."], "--since"),
        (["--since", "2023-01-02", "--until", "2023-01-01", "."], "empty window"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(tarn: Tarn, arguments: list[str], words: str) -> None:
    outcome = tarn("ingest", *arguments)
    assert outcome.exit_code == 2
    assert words in outcome.stderr
    assert outcome.stdout == ""
    assert len(outcome.stderr.strip().splitlines()) == 1


def test_status_tells_stores_quarantine_and_odd_files(tarn: Tarn, root: Path, source: Path) -> None:
    assert "Nothing has landed" in tarn("status").stdout
    put(source, "a.json.gz", log([event(1)]))
    put(source, "b", b"no log", zipped=False)
    tarn("ingest", source)
    odd = root / "landing/cloudtrail_events/store=x/event_date=2023-01-01/odd.parquet"
    odd.parent.mkdir(parents=True)
    odd.write_bytes(b"x")
    shown = tarn("status")
    for words in ("cloudtrail events", "not_json 1", "odd.parquet", "Last batch"):
        assert words in shown.stdout
    status = json.loads(tarn("status", "--json").stdout)
    assert status["stores"][0]["records"] == 1
    assert status["unexplained"] == [str(odd.relative_to(root))]
    assert status["quarantine"][0]["uri"] == str(source / "b")
    assert odd.exists()
